//! Nothing is held: presses begin things, keys walk.

use crate::edit::Selection;

use super::walk::{Way, first_card, neighbour, reading_order};
use super::{Button, Context, Input, Intent, Key, Linking, Panning, Pointing, Step, Target, Tool};

pub(super) fn step(input: &Input, cx: &Context<'_>) -> Step {
    match input {
        Input::Press { at, button: Button::Middle, .. } => {
            (Tool::Panning(Panning { last: at.on_screen, button: Button::Middle }), vec![])
        }
        Input::Press { at, button: Button::Primary, modifiers } if modifiers.space => {
            (Tool::Panning(Panning { last: at.on_screen, button: Button::Primary }), vec![])
        }
        Input::Press { at, button, modifiers } => Pointing::begin(*at, *button, *modifiers, cx),
        Input::DoubleClick { at } => {
            let open = match cx.target_at(at.in_map) {
                Target::Item(hit) => vec![Intent::OpenEditor(hit)],
                Target::Handle(_) | Target::Ground => vec![],
            };
            (Tool::Idle, open)
        }
        Input::Key { key, modifiers } => (Tool::Idle, key_intents(*key, modifiers.shift, cx)),
        Input::StartLinking { from } => (Tool::Linking(Linking::from_command(from, cx)), vec![]),
        Input::Activate { hit } => (Tool::Idle, vec![cx.select(&hit.record)]),
        Input::Cancel if !cx.selection().is_empty() => {
            (Tool::Idle, vec![Intent::SetSelection(Selection::default())])
        }
        Input::Cancel
        | Input::Move { .. }
        | Input::Release { .. }
        | Input::Modifiers(_)
        | Input::Tick { .. } => (Tool::Idle, vec![]),
    }
}

fn key_intents(key: Key, extend: bool, cx: &Context<'_>) -> Vec<Intent> {
    let lead = cx.selection().lead.as_ref();
    let way = match key {
        Key::Left => Way::Left,
        Key::Right => Way::Right,
        Key::Up => Way::Up,
        Key::Down => Way::Down,
        Key::Enter => {
            let card = lead.and_then(|lead| cx.card_of(lead));
            return card
                .and_then(|it| it.hit.clone())
                .map(Intent::OpenEditor)
                .into_iter()
                .collect();
        }
        Key::Next | Key::Previous => {
            let order = reading_order(cx.scene());
            let at = lead.and_then(|lead| order.iter().position(|it| it == lead));
            let to = match (at, key) {
                (None, Key::Previous) => order.last(),
                (None, _) => order.first(),
                (Some(at), Key::Previous) => at.checked_sub(1).and_then(|i| order.get(i)),
                (Some(at), _) => order.get(at + 1),
            };
            return go_to(to.cloned(), false, cx);
        }
    };
    let to = match lead {
        Some(lead) => neighbour(cx, lead, way),
        None => first_card(cx.scene()),
    };
    go_to(to, extend, cx)
}

fn go_to(to: Option<crate::model::Id>, extend: bool, cx: &Context<'_>) -> Vec<Intent> {
    let Some(to) = to else {
        return vec![];
    };
    let select = if extend { Intent::Toggle(to.clone()) } else { cx.select(&to) };
    vec![select, Intent::Reveal(to)]
}
