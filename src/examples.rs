//! The example maps, built in: what the start page shows and `throughline new --example` writes.
//!
//! Not here: reading them; they are map files like any other.

/// An example map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// Its file name without the ending; what the command line calls it.
    pub name: &'static str,
    /// The title of the map.
    pub title: &'static str,
    /// One line on what there is to see.
    pub about: &'static str,
    /// The file.
    pub ron: &'static str,
}

/// All examples, the best to start with first.
pub const EXAMPLES: &[Example] = &[
    Example {
        name: "home-movie-night",
        title: "Home movie night",
        about: "A household rents a film: who sways the choice, and what the late fee rests on",
        ron: include_str!("../maps/home-movie-night.ron"),
    },
    Example {
        name: "car-buying-with-an-insurer",
        title: "Car buying with an insurer",
        about: "From needing a car to driving it insured, and what haggling delays",
        ron: include_str!("../maps/car-buying-with-an-insurer.ron"),
    },
    Example {
        name: "online-shoe-order",
        title: "Online shoe order",
        about: "An unannounced upgrade to priority shipping, and returns without questions",
        ron: include_str!("../maps/online-shoe-order.ron"),
    },
    Example {
        name: "support-case",
        title: "Support case",
        about: "A phone tree, a script and an unsigned mail, down to policy, people and platform",
        ron: include_str!("../maps/support-case.ron"),
    },
    Example {
        name: "department-store-return",
        title: "Department store return",
        about: "A 90-day rule meets day 100",
        ron: include_str!("../maps/department-store-return.ron"),
    },
    Example {
        name: "restaurant-visit",
        title: "Restaurant visit",
        about: "Warmth of the greeting, cleanliness and speed, with measures",
        ron: include_str!("../maps/restaurant-visit.ron"),
    },
];

/// The example of this name.
pub fn example(name: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.name == name)
}
