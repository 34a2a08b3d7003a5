//! Rules about what a record says by itself: ranges, amounts, names, scales.

use std::fmt::Display;

use crate::model::record::{
    Action, Delight, Friction, Link, LinkKind, Measure, MeasureKind, Money, PerSegment, Quality,
    Reading, Segment, Step, System, Touchpoint, Verbatim, View,
};
use crate::model::{Id, Record, Typed};

use super::{Checker, Repair, blank, words};

/// Where a number stands: in which field, and how to write another one there.
struct Spot<'a, V, F> {
    id: &'a Id,
    field: &'static str,
    value: V,
    set: F,
}

impl Checker<'_> {
    /// Checks the values of a record.
    pub(super) fn values(&mut self, id: &Id, record: &Record) {
        if blank(record.name()) && !matches!(record, Record::Link(_) | Record::Reading(_)) {
            let field = match record {
                Record::Friction(_)
                | Record::Delight(_)
                | Record::Verbatim(_)
                | Record::Note(_) => "text",
                Record::Action(_) => "title",
                _ => "name",
            };
            let message = match field {
                "text" => format!("{} says nothing.", self.label(id)),
                _ => format!("{} has no {field}.", self.label(id)),
            };
            self.error("E106", Some(id), field, message, None);
        }
        match record {
            Record::Segment(it) => self.segment(id, it),
            Record::Step(it) => {
                self.per_segment(id, "feelings", &it.feelings, (-2, 2), |it: &mut Step| {
                    &mut it.feelings
                });
                self.per_segment(id, "expected", &it.expected, (-2, 2), |it: &mut Step| {
                    &mut it.expected
                });
            }
            Record::Touchpoint(it) => self.quality(id, it.quality.as_ref()),
            Record::System(it) => {
                let set = |it: &mut System, v| it.criticality = Some(v);
                self.one_to_five(id, "criticality", it.criticality, set);
            }
            Record::Link(it) => self.link(id, it),
            Record::Friction(it) => self.friction(id, it),
            Record::Delight(it) => {
                let set = |it: &mut Delight, v| it.strength = v;
                self.up_to_five(Spot { id, field: "strength", value: it.strength, set });
            }
            Record::Action(it) => self.action(id, it),
            Record::Measure(it) => self.measure(id, it),
            Record::Reading(it) => self.reading(id, it),
            Record::Verbatim(it) => {
                if let Some(value) = it.sentiment {
                    let set = |it: &mut Verbatim, v| it.sentiment = Some(v);
                    self.range(Spot { id, field: "sentiment", value, set }, -2, 2);
                }
            }
            Record::View(it) => self.view(id, it),
            Record::Stage(_) | Record::Lane(_) | Record::Influencer(_) | Record::Note(_) => {}
        }
    }

    fn segment(&mut self, id: &Id, it: &Segment) {
        let set = |it: &mut Segment, v| it.priority = v;
        self.up_to_five(Spot { id, field: "priority", value: it.priority, set });
        self.percent(id, "share_pct", it.share_pct, |it: &mut Segment| &mut it.share_pct);
        self.money(id, "lifetime_value", it.lifetime_value.as_ref());
        if let Some(colour) = &it.colour {
            let digits = colour.strip_prefix('#').unwrap_or("");
            if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                let message = format!(
                    "{} has the colour “{}”; a colour is written “#” and six digits.",
                    self.label(id),
                    colour.chars().take(20).collect::<String>(),
                );
                let plain = |it: &mut Segment| it.colour = None;
                let repair = self.fix(id, "Take a colour of the theme".to_owned(), plain);
                self.error("E112", Some(id), "colour", message, repair);
            }
        }
    }

    fn quality(&mut self, id: &Id, quality: Option<&Quality>) {
        let Some(it) = quality else { return };
        fn of(it: &mut Touchpoint) -> &mut Quality {
            it.quality.get_or_insert_default()
        }
        self.one_to_five(id, "reliable", it.reliable, |it, v| of(it).reliable = Some(v));
        self.one_to_five(id, "relevant", it.relevant, |it, v| of(it).relevant = Some(v));
        self.one_to_five(id, "valuable", it.valuable, |it, v| of(it).valuable = Some(v));
        self.one_to_five(id, "honest", it.honest, |it, v| of(it).honest = Some(v));
    }

    fn link(&mut self, id: &Id, it: &Link) {
        match &it.kind {
            LinkKind::Next { share_pct: Some(value), .. } => {
                let set = |it: &mut Link, v| {
                    if let LinkKind::Next { share_pct, .. } = &mut it.kind {
                        *share_pct = v;
                    }
                };
                self.percent_at(id, "share_pct", *value, set);
            }
            LinkKind::Influences { importance, .. } => {
                for (segment, value) in importance {
                    let set = |it: &mut Link, v| {
                        if let LinkKind::Influences { importance, .. } = &mut it.kind {
                            importance.insert(segment.clone(), v);
                        }
                    };
                    self.range(Spot { id, field: "importance", value: *value, set }, 0, 5);
                }
            }
            LinkKind::Next { .. } | LinkKind::Uses | LinkKind::DependsOn { .. } => {}
        }
    }

    fn friction(&mut self, id: &Id, it: &Friction) {
        let set = |it: &mut Friction, v| it.severity = v;
        self.up_to_five(Spot { id, field: "severity", value: it.severity, set });
        let set = |it: &mut Friction, v| it.frequency = Some(v);
        self.one_to_five(id, "frequency", it.frequency, set);
        self.percent(id, "reach_pct", it.reach_pct, |it: &mut Friction| &mut it.reach_pct);
        self.money(id, "cost_per_year", it.cost_per_year.as_ref());
    }

    fn action(&mut self, id: &Id, it: &Action) {
        self.one_to_five(id, "effort", it.effort, |it: &mut Action, v| it.effort = Some(v));
        self.one_to_five(id, "value", it.value, |it: &mut Action, v| it.value = Some(v));
        if let Some(check) = &it.check {
            self.finite(id, "baseline", check.baseline);
            self.finite(id, "target", check.target);
        }
    }

    fn measure(&mut self, id: &Id, it: &Measure) {
        if let MeasureKind::Custom { min, max, .. } = it.kind
            && !(min.is_finite() && max.is_finite() && min < max)
        {
            let message =
                format!("{} has a scale from {min} to {max}, which is none.", self.label(id));
            let turn = |it: &mut Measure| {
                if let MeasureKind::Custom { min, max, .. } = &mut it.kind {
                    std::mem::swap(min, max);
                }
            };
            let turnable = min.is_finite() && max.is_finite() && max < min;
            let repair = turnable.then(|| self.fix(id, format!("Make it {max} to {min}"), turn));
            self.error("E108", Some(id), "kind", message, repair.flatten());
        }
    }

    fn reading(&mut self, id: &Id, it: &Reading) {
        if it.measure.is_none() {
            let message = format!("{} does not say of which measure it is.", self.label(id));
            self.error("E111", Some(id), "measure", message, None);
        }
        match (it.counts.is_empty(), it.value) {
            (true, None) => {
                let message = format!("{} has neither answers nor a score.", self.label(id));
                self.error("E111", Some(id), "value", message, None);
            }
            (false, Some(_)) => {
                let message =
                    format!("{} has both answers and a score; one is enough.", self.label(id));
                let drop_score = |it: &mut Reading| (it.value, it.n) = (None, None);
                let repair = self.fix(id, "Keep the answers".to_owned(), drop_score);
                self.error("E111", Some(id), "value", message, repair);
            }
            _ => {}
        }
        self.finite(id, "value", it.value);
        let measure = it.measure.as_ref().and_then(|id| self.get(id));
        let Some(measure) = measure.and_then(|it| Measure::of(it)) else { return };
        let (answers, scores) = (measure.kind.answers(), measure.kind.scores());
        let outside = |(low, high): (f64, f64), v: f64| v < low || v > high;
        let answer = it.counts.keys().find(|answer| outside(answers, f64::from(**answer)));
        if let Some(answer) = answer {
            let message = format!(
                "{} counts the answer {answer}; answers go from {} to {}.",
                self.label(id),
                answers.0,
                answers.1,
            );
            self.error("E107", Some(id), "counts", message, None);
        }
        if let Some(value) = it.value.filter(|value| outside(scores, *value)) {
            let message = format!(
                "{} has the score {value}; scores go from {} to {}.",
                self.label(id),
                scores.0,
                scores.1,
            );
            self.error("E107", Some(id), "value", message, None);
        }
    }

    fn view(&mut self, id: &Id, it: &View) {
        let set = |it: &mut View, v| it.filter.min_severity = Some(v);
        self.one_to_five(id, "min_severity", it.filter.min_severity, set);
        for (node, (x, y)) in &it.pins {
            if !(x.is_finite() && y.is_finite()) {
                let message = format!(
                    "{} pins {} to a place that is no place.",
                    self.label(id),
                    self.name(node)
                );
                let unpin = |it: &mut View| {
                    it.pins.remove(node);
                };
                let repair = self.fix(id, "Remove the pin".to_owned(), unpin);
                self.error("E105", Some(id), "pins", message, repair);
            }
        }
    }

    fn per_segment<T: Typed>(
        &mut self,
        id: &Id,
        field: &'static str,
        values: &PerSegment<i8>,
        (low, high): (i8, i8),
        of: fn(&mut T) -> &mut PerSegment<i8>,
    ) {
        for (segment, value) in values {
            let set = |it: &mut T, v| {
                of(it).insert(segment.clone(), v);
            };
            self.range(Spot { id, field, value: *value, set }, low, high);
        }
    }

    fn one_to_five<T: Typed>(
        &mut self,
        id: &Id,
        field: &'static str,
        value: Option<u8>,
        set: impl Fn(&mut T, u8),
    ) {
        if let Some(value) = value {
            self.range(Spot { id, field, value, set }, 1, 5);
        }
    }

    /// 1 to 5, or 0 where nobody has said.
    fn up_to_five<T: Typed, F: Fn(&mut T, u8)>(&mut self, spot: Spot<'_, u8, F>) {
        if spot.value > 0 {
            self.range(spot, 1, 5);
        }
    }

    fn percent<T: Typed>(
        &mut self,
        id: &Id,
        field: &'static str,
        value: Option<f64>,
        of: fn(&mut T) -> &mut Option<f64>,
    ) {
        if let Some(value) = value {
            self.percent_at(id, field, value, |it: &mut T, v| *of(it) = v);
        }
    }

    fn percent_at<T: Typed>(
        &mut self,
        id: &Id,
        field: &'static str,
        value: f64,
        set: impl Fn(&mut T, Option<f64>),
    ) {
        if value.is_finite() {
            let set = |it: &mut T, v| set(it, Some(v));
            self.range(Spot { id, field, value, set }, 0.0, 100.0);
        } else {
            let repair = self.fix(id, "Leave it out".to_owned(), |it: &mut T| set(it, None));
            self.no_number(id, field, value, repair);
        }
    }

    fn range<T: Typed, V: PartialOrd + Display + Copy, F: Fn(&mut T, V)>(
        &mut self,
        spot: Spot<'_, V, F>,
        low: V,
        high: V,
    ) {
        let Spot { id, field, value, set } = spot;
        if value >= low && value <= high {
            return;
        }
        let near = if value < low { low } else { high };
        let what = words(field);
        let message =
            format!("{}: “{what}” is {value}; it goes from {low} to {high}.", self.label(id));
        let repair = self.fix(id, format!("Set it to {near}"), |it: &mut T| set(it, near));
        self.error("E104", Some(id), field, message, repair);
    }

    fn money(&mut self, id: &Id, field: &'static str, money: Option<&Money>) {
        let Some(money) = money else { return };
        if !money.amount.is_finite() {
            self.no_number(id, field, money.amount, None);
        } else if money.amount < 0.0 {
            let (label, what) = (self.label(id), words(field));
            let message = format!("{label}: {what} is {}, below zero.", money.amount);
            self.error("E105", Some(id), field, message, None);
        }
        let code = &money.currency;
        if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            let message = format!(
                "{}: {} has the currency “{}”; a currency is three capitals, such as EUR.",
                self.label(id),
                words(field),
                code.chars().take(20).collect::<String>(),
            );
            self.error("E112", Some(id), field, message, None);
        }
    }

    fn finite(&mut self, id: &Id, field: &'static str, value: Option<f64>) {
        if let Some(value) = value.filter(|value| !value.is_finite()) {
            self.no_number(id, field, value, None);
        }
    }

    fn no_number(&mut self, id: &Id, field: &'static str, value: f64, repair: Option<Repair>) {
        let (label, what) = (self.label(id), words(field));
        let message = format!("{label}: {what} is {value}, which is no number.");
        self.error("E105", Some(id), field, message, repair);
    }
}
