"""The quiz in a terminal: a line with a live picture of what is read under it, and the place of what cannot be read.

The terminal toolkit is imported here and nowhere else, at the first line that is read: the first question is on
the screen by then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tutor.apps.quiz_front import ROWS, Ask, is_command
from tutor.apps.quiz_plain import PlainFront
from tutor.render.styled import columns, styled, wrapped

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.layout import Layout
    from prompt_toolkit.output import Output

    from tutor.apps.quiz_preview import Preview
    from tutor.expression.to_text import Notation
    from tutor.render.blocks import Block

HELP = "Enter to answer · :hint :steps :show :skip :undo :quit · ? for help"

SHORT_HELP = "Enter to answer · ? for help"
"""The same for a narrow terminal."""

LONGEST = 1_100
"""Characters that the line takes: more than an answer may have, so that the one who types hears that it is too long."""

STYLES = {
    "trouble": "fg:ansired underline",
    "doubt": "fg:ansiyellow underline",
    "why": "fg:ansiyellow",
    "stale": "fg:ansibrightblack",
    "help": "fg:ansibrightblack",
}
"""How the parts of the line and under it look; each also says in words what it is."""

CUT = f"… only the first {LONGEST} characters were taken"

_UNUSED = ("c-@", "c-r", "c-s", "c-o", "c-q")
"""Keys that would search, mark, or begin another line."""

ESCAPE_SECONDS = 0.05


@dataclass
class _State:
    """What the window under the line shows; it follows every key. `reads` says that the line can be read already."""

    ask: Ask
    reads: bool = True
    seen: str | None = None
    shown: Preview | None = None
    refused: bool = False
    too_long: bool = False


class PromptFront:
    """Shows blocks as plain output and reads lines with the terminal toolkit."""

    def __init__(self, plain: PlainFront, source: Input | None = None, screen: Output | None = None) -> None:
        self._plain = plain
        self._source = source
        self._screen = screen
        self._state = _State(Ask(""))
        self._prompt: PromptSession[str] | None = None

    def show(self, blocks: Iterable[Block]) -> None:
        """Write the blocks above the line."""
        self._plain.show(blocks)

    def read(self, ask: Ask) -> str:
        """One line; an answer that cannot be read is not accepted, its place is marked and the reason shown."""
        session = self.session()
        self._state = _State(ask, reads=ask.warm is None)
        return session.prompt(ask.label)

    def session(self) -> PromptSession[str]:
        """The toolkit's session, made when it is first wanted."""
        if self._prompt is None:
            self._prompt = self._made()
        return self._prompt

    def _made(self) -> PromptSession[str]:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.cursor_shapes import CursorShape
        from prompt_toolkit.history import DummyHistory
        from prompt_toolkit.output import ColorDepth
        from prompt_toolkit.styles import Style

        depth = None if self._plain.look.color else ColorDepth.DEPTH_1_BIT
        session: PromptSession[str] = PromptSession(
            history=DummyHistory(),  # an earlier answer must not be offered to the next question
            key_bindings=self._keys(),
            input_processors=[self._marker()],
            style=Style.from_dict(STYLES),
            color_depth=depth,
            cursor=CursorShape._NEVER_CHANGE,
            reserve_space_for_menu=0,
            mouse_support=False,
            input=self._source,
            output=self._screen,
        )
        session.app.ttimeoutlen = ESCAPE_SECONDS
        session.app.layout = _layout(session, self._under)
        session.app.after_render += lambda app: self._warm(app)
        return session

    def _warm(self, app: Any) -> None:
        """Begin to load what reads answers, once the line is on the screen and shows what is typed."""
        ask = self._state.ask
        if ask.warm is None:
            return
        state = self._state
        state.ask = replace(ask, warm=None)

        def loaded() -> None:
            state.reads = True
            app.invalidate()

        ask.warm(loaded)

    # ---- what is typed ----------------------------------------------------------------------------------------------

    def _seen(self, line: str) -> Preview:
        """What there is to show of a line; it is read once, however often it is drawn."""
        from tutor.apps.quiz_preview import Preview, preview

        state = self._state
        if line != state.seen:
            before = state.shown if state.shown is not None and line.strip() else Preview()
            state.seen, state.refused = line, False
            state.shown = preview(line, state.ask.read, before, self._plain.look.width - 4, self._notation)
        assert state.shown is not None
        return state.shown

    @property
    def _notation(self) -> Notation:
        from tutor.expression.to_text import Notation

        return Notation.UNICODE if self._plain.look.unicode else Notation.ASCII

    def _keys(self) -> KeyBindings:
        from prompt_toolkit.application import get_app
        from prompt_toolkit.filters import Condition
        from prompt_toolkit.key_binding import KeyBindings
        from prompt_toolkit.keys import Keys

        keys = KeyBindings()
        full = Condition(lambda: len(get_app().current_buffer.text) >= LONGEST)

        @keys.add("enter")
        def _enter(event: Any) -> None:
            line = event.current_buffer.text
            if is_command(line) or not self._seen(line).trouble:
                event.current_buffer.validate_and_handle()
                return
            self._state.refused = True  # the cursor stays: what is missing is mostly missing where one types

        @keys.add(Keys.Any, filter=full)
        def _ignored(_: Any) -> None:
            self._state.too_long = True

        @keys.add(Keys.BracketedPaste)
        def _pasted(event: Any) -> None:
            room = LONGEST - len(event.current_buffer.text)
            text = " ".join(event.data[: 2 * LONGEST].split())
            self._state.too_long = len(event.data) > room
            event.current_buffer.insert_text(text[:room])

        for key in _UNUSED:
            keys.add(key)(lambda _: None)
        return keys

    # ---- what is drawn ----------------------------------------------------------------------------------------------

    def _under(self) -> StyleAndTextTuples:
        """The lines under the input, always as many: carets, the picture, what is the matter, the help."""
        state = self._state
        if state.ask.read is None:
            return []
        lines, stale = self._picture()
        carets = (_carets(state, self._plain.look.width),) if state.refused else ()
        trouble = self._trouble(state)
        room = ROWS + 1 - len(carets) - len(trouble)
        narrow = columns(HELP) >= self._plain.look.width
        return [
            *(("class:trouble", f"{line}\n") for line in carets),
            *(("class:stale" if stale else "", f"  {line}\n") for line in _filled(lines, room)),
            *(("class:why" if state.refused else "class:stale", f"{line}\n") for line in trouble),
            ("class:help", self._carried(state.ask.help or (SHORT_HELP if narrow else HELP))),
        ]

    def _picture(self) -> tuple[tuple[str, ...], bool]:
        """The lines of the picture, and whether it is of an earlier text; none while nothing can be read yet."""
        if not self._state.reads:
            return (), False
        seen = self._seen(self.session().default_buffer.text)
        return seen.lines, seen.stale

    def _trouble(self, state: _State) -> tuple[str, ...]:
        """What keeps the line from being read, on at most two lines; an empty line where nothing does."""
        if state.shown is None or not state.shown.trouble:
            return (self._carried(CUT) if state.too_long else "",)
        text = self._carried(("! Not readable: " if state.refused else "… ") + state.shown.trouble)
        return tuple(line.text for line in wrapped(styled(text), self._plain.look.width - 1, 0, 2))[:2]

    def _carried(self, text: str) -> str:
        if self._plain.look.unicode:
            return text
        return text.replace("…", "...").replace("·", "|").encode("ascii", "backslashreplace").decode("ascii")

    def _marker(self) -> Any:
        """An input processor that marks the place that cannot be read: inside the line at once, at its end on Enter."""
        from prompt_toolkit.formatted_text.utils import fragment_list_to_text
        from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput

        front = self

        class Marker(Processor):
            def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
                state, fragments = front._state, transformation_input.fragments
                text = fragment_list_to_text(fragments)
                place = front._seen(text).place if state.reads and state.ask.read is not None else None
                if place is None or transformation_input.lineno or not (state.refused or place.end < len(text)):
                    return Transformation(fragments)
                start, end = min(place.start, len(text)), min(place.end, len(text))
                style = "class:trouble" if state.refused else "class:doubt"
                return Transformation([("", text[:start]), (style, text[start:end]), ("", text[end:])])

        return Marker()


def _carets(state: _State, width: int) -> str:
    """A line of carets under the place that could not be read; empty where the line on the screen is wrapped."""
    place = state.shown.place if state.shown is not None else None
    start = columns(state.ask.label)
    if place is None or state.seen is None or start + columns(state.seen) >= width:
        return ""
    before, inside = state.seen[: place.start], state.seen[place.start : place.end]
    return " " * (start + columns(before)) + "^" * max(columns(inside), 1)


def _filled(lines: tuple[str, ...], rows: int) -> tuple[str, ...]:
    return (*lines, *("",) * rows)[:rows]


def _layout(session: PromptSession[str], under: Any) -> Layout:
    """The session's own layout with a window of fixed height under its line."""
    from prompt_toolkit.filters import is_done, to_filter
    from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
    from prompt_toolkit.layout.controls import BufferControl

    for window in session.app.layout.find_all_windows():
        control = window.content
        if isinstance(control, BufferControl) and control.buffer is session.default_buffer:
            window.dont_extend_height = to_filter(True)  # noqa: FBT003  (the toolkit's signature)
    below = Window(FormattedTextControl(under), height=lambda: 1 + "".join(part[1] for part in under()).count("\n"))
    whole = HSplit([session.app.layout.container, ConditionalContainer(below, filter=~is_done), Window()])
    return Layout(whole, focused_element=session.default_buffer)
