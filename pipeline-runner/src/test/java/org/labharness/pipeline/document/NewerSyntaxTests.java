package org.labharness.pipeline.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonSource.Newer;

/** Python 3.11 and 3.13 were asked about each of these. */
class NewerSyntaxTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "print(f\"training with {p[\"train\"][\"trees\"]} trees\")",
                "x = f'{d['a']}'",
                "x = f'{d['r']}'",
                "x = f\"{'\\n'.join(rows)}\"",
                "x = 'a' f\"{d[\"b\"]}\" 'c'",
                "x = f\"\u00e9\ud83d\ude00 {d[\"b\"]}\"",
                "x = f'{\n  1\n}'",
                "x = f\"{f\"{1}\"}\"",
                "def f[T](x: T) -> T: return x",
                "async def f[T](x): pass",
                "class A[T]: pass",
                "def g():\n    type Rows = list[int]"
            })
    void whatPython311RefusesIsFound(String code) {
        assertThat(newer("a = 1\n" + code + "\n")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = f\"{d['a']} {{d[\\\"b\\\"]}} \\n {x!r:>{w}}\"",
                "x = f\"\"\"{d[\"a\"]}\n{\n1}\"\"\"",
                "x = 'a{' f'{b}' \"c}\" rf'\\d{1}'",
                "x = ('a'  # {\n     f'{b}')",
                "x = f'\\N{EM DASH} {x} {{}} {{{x}}}'",
                "x = f'{x:{w}.{p}}' f\"{{\"",
                "x = \"{'\\\\n'}\".format(1)",
                "type = 1; print(type)",
                "match x:\n    case [1, *_]: pass",
                "try:\n    pass\nexcept* ValueError:\n    pass"
            })
    void whatPython311TakesIsNot(String code) {
        assertThat(newer(code + "\n")).isNull();
    }

    @Test
    void theFirstIsToldWithItsLine() {
        assertThat(newer("\n\nx = f'{d['a']}'\nclass A[T]: pass\n"))
                .isEqualTo(new Newer("an f-string with its own quotes, a backslash or a line end inside of braces", 3));
    }

    private static @org.jspecify.annotations.Nullable Newer newer(String code) {
        PythonSource source = PythonSource.of(code);
        assertThat(source).isInstanceOf(Module.class);
        return ((Module) source).newer();
    }
}
