//! Fields that refer to other records, and the links of the graph, as chips.

use egui::Ui;

use crate::edit::{Tx, verbs};
use crate::model::record::{Influencer, Link, System, Touchpoint};
use crate::model::{Edge, Id, Kind, Record};
use crate::scene::Rgba;
use crate::ui::widget::chip::{Chip, chip_ui};
use crate::ui::widget::mark::{Glyph, glyph_button_ui};

use super::pane::{Act, Pane};
use super::pick::{Offer, Picked};
use super::words::{bare, capital, fresh_kind, short, title_of, uncapital};

/// A new record of a kind under a name, for the kinds that chips can make.
fn fresh(kind: Kind, name: String) -> Option<Record> {
    Some(match kind {
        Kind::Touchpoint => Touchpoint { name, ..Default::default() }.into(),
        Kind::Influencer => Influencer { name, ..Default::default() }.into(),
        Kind::System => System { name, ..Default::default() }.into(),
        Kind::Measure => crate::model::record::Measure { name, ..Default::default() }.into(),
        Kind::Segment => crate::model::record::Segment { name, ..Default::default() }.into(),
        _ => return None,
    })
}

impl Pane<'_> {
    /// A chip for a record; a click shows it. Returns whether its cross was used.
    pub fn chip(
        &mut self,
        ui: &mut Ui,
        label: &str,
        id: &Id,
        dot: Option<Rgba>,
        remove: bool,
    ) -> bool {
        let title = title_of(self.doc(), id);
        let name = format!("{label} {title}");
        let cross = format!("Unlink {title}");
        let remove = remove.then_some(cross.as_str());
        let it = Chip { text: &title, name: &name, dot, more: None, remove };
        let chip = chip_ui(ui, self.theme, it);
        if chip.response.clicked() && !chip.removed && !self.is_missing(id) {
            self.act(Act::Select(id.clone()));
        }
        chip.removed
    }

    /// One reference that may be empty.
    pub fn reference(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        it: &mut Option<Id>,
        offer: &Offer<'_>,
    ) {
        self.row(ui, field, label, |pane, ui| {
            ui.horizontal_wrapped(|ui| {
                if let Some(id) = it.clone()
                    && pane.chip(ui, label, &id, None, true)
                {
                    *it = None;
                    pane.stroke(label);
                }
                if let Some(id) = pane.choose(ui, field, label, it.is_some(), offer) {
                    *it = Some(id);
                    pane.stroke(label);
                }
            });
        });
    }

    /// One reference that is always there.
    pub fn required_reference(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        it: &mut Id,
        offer: &Offer<'_>,
    ) {
        self.row(ui, field, label, |pane, ui| {
            ui.horizontal_wrapped(|ui| {
                pane.chip(ui, label, &it.clone(), None, false);
                if let Some(id) = pane.choose(ui, field, label, true, offer) {
                    *it = id;
                    pane.stroke(label);
                }
            });
        });
    }

    /// Many references, in the order in which they were chosen.
    pub fn references(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        list: &mut Vec<Id>,
        offer: &Offer<'_>,
    ) {
        self.row(ui, field, label, |pane, ui| {
            ui.horizontal_wrapped(|ui| {
                let mut gone = None;
                for (at, id) in list.iter().enumerate() {
                    if pane.chip(ui, label, id, None, true) {
                        gone = Some(at);
                    }
                }
                if let Some(at) = gone {
                    list.remove(at);
                    pane.stroke(label);
                }
                let taken = list.clone();
                let allow =
                    |id: &Id, record: &Record| !taken.contains(id) && (offer.allow)(id, record);
                let rest = Offer { allow: &allow, ..*offer };
                if let Some(id) = pane.choose(ui, field, label, false, &rest) {
                    list.push(id);
                    pane.stroke(label);
                }
            });
        });
    }

    /// The button that opens the popup, and what was chosen in it; what is new is added with the
    /// change.
    fn choose(
        &mut self,
        ui: &mut Ui,
        field: &str,
        label: &str,
        change: bool,
        offer: &Offer<'_>,
    ) -> Option<Id> {
        let (glyph, verb) = if change { (Glyph::Down, "Change") } else { (Glyph::Plus, "Choose") };
        let name = format!("{verb} {}", uncapital(label));
        let button =
            ui.push_id((field, "choose"), |ui| glyph_button_ui(ui, self.theme, glyph, &name));
        match self.pick_ui(&button.inner, offer)? {
            Picked::Existing(id) => Some(id),
            Picked::New(name) => {
                let record = fresh(offer.fresh?, name)?;
                let id = Id::random(record.kind());
                self.add_with_change(id.clone(), record);
                Some(id)
            }
        }
    }

    /// The links of one kind that leave (or reach) a node, as a section of chips with a button
    /// that adds one.
    pub fn links(
        &mut self,
        ui: &mut Ui,
        title: &'static str,
        edge: Edge,
        node: &Id,
        outgoing: bool,
    ) {
        let graph = self.session.graph();
        let mut all: Vec<(Id, Id)> = if outgoing {
            graph
                .outgoing(node)
                .filter(|l| l.1 == edge)
                .map(|l| (l.0.clone(), l.2.clone()))
                .collect()
        } else {
            graph
                .incoming(node)
                .filter(|l| l.1 == edge)
                .map(|l| (l.0.clone(), l.2.clone()))
                .collect()
        };
        all.sort_by_cached_key(|(link, other)| (title_of(self.doc(), other), link.clone()));
        let called = self.called.clone();
        let add = format!("Add to {}", uncapital(title));
        let button = self.section(ui, title, all.len(), Some(&add), |pane, ui| {
            ui.horizontal_wrapped(|ui| {
                for (link, other) in &all {
                    pane.link_chip(ui, title, link, other);
                }
            });
        });
        let Some(button) = button else {
            return;
        };
        let taken: Vec<Id> = all.into_iter().map(|(_, other)| other).collect();
        let Some(own) = self.doc().kind_of(node) else {
            return;
        };
        let fits =
            |kind: Kind| if outgoing { edge.allows(own, kind) } else { edge.allows(kind, own) };
        let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| fits(*kind)).collect();
        let allow = |id: &Id, _: &Record| id != node && !taken.contains(id);
        let offer = Offer { kinds: &kinds, allow: &allow, fresh: fresh_kind(edge, outgoing) };
        let Some(picked) = self.pick_ui(&button, &offer) else {
            return;
        };
        let (other, record) = match picked {
            Picked::Existing(id) => (id, None),
            Picked::New(name) => {
                let Some(record) = offer.fresh.and_then(|kind| fresh(kind, name)) else {
                    return;
                };
                (Id::random(record.kind()), Some(record))
            }
        };
        let far =
            record.as_ref().map_or_else(|| title_of(self.doc(), &other), |r| r.name().to_owned());
        let node = node.clone();
        let verb = move |tx: &mut Tx<'_>| {
            if let Some(record) = record {
                tx.put(&other, record);
            }
            let (from, to) = if outgoing { (node, other) } else { (other, node) };
            tx.add(Link { from, to, kind: bare(edge) });
        };
        self.act(Act::Edit(format!("link {called} with {}", short(&far)), Box::new(verb)));
    }

    /// A chip for the far end of a link; its dots go to the link itself.
    fn link_chip(&mut self, ui: &mut Ui, label: &str, link: &Id, other: &Id) {
        let title = title_of(self.doc(), other);
        let cross = format!("Unlink {title}");
        let name = format!("{} {title}", capital(label));
        let more = format!("Show the link with {title}");
        let (dot, remove) = (self.rating_of(link), Some(cross.as_str()));
        let it = Chip { text: &title, name: &name, dot, more: Some(&more), remove };
        let chip = chip_ui(ui, self.theme, it);
        if chip.removed {
            let (link, label) = (link.clone(), format!("unlink {}", short(&title)));
            self.act(Act::Edit(label, Box::new(move |tx| drop(verbs::remove(tx, &[link])))));
        } else if chip.more {
            self.act(Act::Select(link.clone()));
        } else if chip.response.clicked() {
            self.act(Act::Select(other.clone()));
        }
    }

    /// The colour of a dependency's rating, where it has one.
    fn rating_of(&self, link: &Id) -> Option<Rgba> {
        use crate::model::choice::Rating;
        use crate::model::record::LinkKind;
        match &self.doc().get_as::<Link>(link)?.kind {
            LinkKind::DependsOn { rating: Some(rating), .. } => Some(match rating {
                Rating::Good => self.theme.canvas.good,
                Rating::Strained => self.theme.canvas.strained,
                Rating::Broken => self.theme.canvas.broken,
            }),
            _ => None,
        }
    }
}
