//! The window's events as inputs for the tool, and the wheel for the camera.

use egui::{Event, Key as EguiKey, PointerButton, Pos2, Rect, Ui};

use crate::geom::pt;
use crate::tool::{At, Button, Camera, Input, Key, Modifiers};

/// What the canvas needs to know to read events.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    pub screen: Rect,
    pub camera: Camera,
    /// The pointer is over the canvas and nothing lies above it.
    pub over: bool,
    /// Keys are the canvas's.
    pub keys: bool,
    /// A button went down on the canvas and has not come up yet, or a link is being pulled.
    pub busy: bool,
    /// Presses in here are another widget's.
    pub hole: Option<Rect>,
}

impl Reading {
    /// Where a point of the window is.
    pub fn at(&self, pos: Pos2) -> At {
        let on_screen = pos - self.screen.min;
        let on_screen = pt(on_screen.x, on_screen.y);
        At { in_map: self.camera.map_from_screen(on_screen), on_screen }
    }

    /// This frame's events for the tool, in order.
    pub fn inputs(&self, ui: &Ui, held: Modifiers) -> Vec<Input> {
        ui.input(|input| input.events.iter().filter_map(|event| self.one(event, held)).collect())
    }

    fn one(&self, event: &Event, held: Modifiers) -> Option<Input> {
        match event {
            Event::PointerMoved(pos) if self.over || self.busy => {
                Some(Input::Move { at: self.at(*pos), modifiers: held })
            }
            Event::PointerButton { pos, button, pressed, modifiers } => {
                let button = match button {
                    PointerButton::Primary => Button::Primary,
                    PointerButton::Secondary => Button::Secondary,
                    PointerButton::Middle => Button::Middle,
                    PointerButton::Extra1 | PointerButton::Extra2 => return None,
                };
                let modifiers = Modifiers { space: held.space, ..of(*modifiers) };
                let at = self.at(*pos);
                if *pressed {
                    let mine = self.over && self.screen.contains(*pos);
                    let elsewhere = self.hole.is_some_and(|hole| hole.contains(*pos));
                    return (mine && !elsewhere).then_some(Input::Press { at, button, modifiers });
                }
                Some(Input::Release { at, button, modifiers })
            }
            Event::Key { key, pressed: true, modifiers, .. } => self.key(*key, of(*modifiers)),
            // Going to another window leaves what is selected alone.
            Event::WindowFocused(false) if self.busy => Some(Input::Cancel),
            _ => None,
        }
    }

    fn key(&self, key: EguiKey, modifiers: Modifiers) -> Option<Input> {
        if key == EguiKey::Escape && (self.keys || self.busy) {
            return Some(Input::Cancel);
        }
        if !self.keys || modifiers.alt || modifiers.command {
            return None;
        }
        let key = match key {
            EguiKey::ArrowLeft => Key::Left,
            EguiKey::ArrowRight => Key::Right,
            EguiKey::ArrowUp => Key::Up,
            EguiKey::ArrowDown => Key::Down,
            EguiKey::Tab if modifiers.shift => Key::Previous,
            EguiKey::Tab => Key::Next,
            EguiKey::Enter => Key::Enter,
            _ => return None,
        };
        Some(Input::Key { key, modifiers })
    }
}

/// What is held down besides buttons.
pub fn held(ui: &Ui, keys: bool) -> Modifiers {
    ui.input(|input| Modifiers {
        space: keys && input.key_down(EguiKey::Space),
        ..of(input.modifiers)
    })
}

fn of(modifiers: egui::Modifiers) -> Modifiers {
    Modifiers {
        shift: modifiers.shift,
        alt: modifiers.alt,
        command: modifiers.command,
        space: false,
    }
}

/// Wheel and pinch: scrolls and zooms at the pointer. Returns whether the camera moved.
pub fn scroll(ui: &Ui, screen: Rect, camera: &mut Camera) -> bool {
    let (by, zoom, pointer) =
        ui.input(|i| (i.smooth_scroll_delta(), i.zoom_delta(), i.pointer.hover_pos()));
    let before = *camera;
    if (zoom - 1.0).abs() > f32::EPSILON {
        let at = pointer.unwrap_or(screen.center()) - screen.min;
        camera.zoom_at(pt(at.x, at.y), zoom);
    } else if by != egui::Vec2::ZERO {
        camera.pan(pt(by.x, by.y));
    }
    *camera != before
}
