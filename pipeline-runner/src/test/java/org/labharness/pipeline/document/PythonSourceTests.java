package org.labharness.pipeline.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.labharness.lab.Place;
import org.labharness.pipeline.document.PythonImports.Imported;
import org.labharness.pipeline.document.PythonSource.Assignment;
import org.labharness.pipeline.document.PythonSource.Call;
import org.labharness.pipeline.document.PythonSource.Definition;
import org.labharness.pipeline.document.PythonSource.Import;
import org.labharness.pipeline.document.PythonSource.Module;
import org.labharness.pipeline.document.PythonSource.Scope;
import org.labharness.pipeline.document.PythonSource.Unreadable;
import org.labharness.pipeline.document.PythonValue.Choice;
import org.labharness.pipeline.document.PythonValue.Constant;
import org.labharness.pipeline.document.PythonValue.Items;
import org.labharness.pipeline.document.PythonValue.Joined;
import org.labharness.pipeline.document.PythonValue.Name;
import org.labharness.pipeline.document.PythonValue.Result;
import org.labharness.pipeline.document.PythonValue.Text;

class PythonSourceTests {
    private static Module module(String text) {
        return (Module) PythonSource.of(text);
    }

    @Nested
    class Imports {
        @Test
        void keep_their_module_name_level_and_line() {
            assertThat(module("import os, a.b as c\nfrom ..x import y as z\nfrom . import w\n")
                            .imports())
                    .containsExactly(
                            new Import("os", "", 0, false, Scope.MODULE, 1),
                            new Import("a.b", "", 0, false, Scope.MODULE, 1),
                            new Import("x", "y", 2, false, Scope.MODULE, 2),
                            new Import("", "w", 1, false, Scope.MODULE, 3));
        }

        @Test
        void in_a_try_with_a_handler_or_for_type_checkers_are_optional() {
            assertThat(module("""
                            try:
                                import ujson
                            except ImportError:
                                import json
                            if typing.TYPE_CHECKING:
                                import torch
                            try:
                                import needed
                            finally:
                                pass
                            def f():
                                import late
                            """).imports())
                    .extracting(Import::module, Import::optional, Import::scope)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("ujson", true, Scope.MODULE),
                            org.assertj.core.groups.Tuple.tuple("json", true, Scope.MODULE),
                            org.assertj.core.groups.Tuple.tuple("torch", true, Scope.MODULE),
                            org.assertj.core.groups.Tuple.tuple("needed", false, Scope.MODULE),
                            org.assertj.core.groups.Tuple.tuple("late", false, Scope.FUNCTION));
        }

        @Test
        void of_a_file_are_its_packages_without_relative_ones() {
            String text =
                    "from sklearn.tree import T\nfrom .own import x\nimport numpy as np\n# import pandas\ns = 'import torch'\n";
            assertThat(PythonImports.of("src/a.py", PythonSource.of(text)))
                    .containsExactly(
                            new Imported("sklearn", "sklearn.tree", false, new Place("src/a.py", 1)),
                            new Imported("numpy", "numpy", false, new Place("src/a.py", 3)));
        }
    }

    @Nested
    class Calls {
        @Test
        void write_imported_names_out() {
            assertThat(module("""
                            import mlflow as m
                            from mlflow import set_tracking_uri as s
                            from pathlib import Path
                            m.set_tracking_uri(uri)
                            s("http://x:1", registry_uri=None)
                            Path("a").mkdir(parents=True)
                            """).calls())
                    .containsExactly(
                            new Call(
                                    "mlflow.set_tracking_uri",
                                    List.of(new Name("uri", 4)),
                                    Map.of(),
                                    Scope.MODULE,
                                    false,
                                    false,
                                    4),
                            new Call(
                                    "mlflow.set_tracking_uri",
                                    List.of(new Text("http://x:1", 5)),
                                    Map.of("registry_uri", new Constant("None", 5)),
                                    Scope.MODULE,
                                    false,
                                    false,
                                    5),
                            new Call(
                                    "pathlib.Path", List.of(new Text("a", 6)), Map.of(), Scope.MODULE, false, false, 6),
                            new Call(
                                    "pathlib.Path().mkdir",
                                    List.of(),
                                    Map.of("parents", new Constant("True", 6)),
                                    Scope.MODULE,
                                    false,
                                    false,
                                    6));
        }

        @Test
        void know_whether_they_stand_under_a_condition() {
            assertThat(module("""
                            a()
                            if token:
                                b()
                            elif c():
                                d()
                            e() if token else f()
                            def g():
                                h()
                                if not token:
                                    return
                                i()
                            if __name__ == "__main__":
                                j()
                            k() or l()
                            try:
                                m()
                            except OSError:
                                n()
                            """).calls().stream().filter(Call::conditional).map(Call::callee))
                    .containsExactly("b", "c", "d", "e", "f", "i", "l", "n");
        }

        @Test
        void know_whether_the_code_goes_on_without_a_network() {
            assertThat(module("""
                            import sys, urllib.error
                            from contextlib import suppress
                            try:
                                a()
                                with open(x):
                                    b()
                            except (KeyError, urllib.error.URLError) as e:
                                c()
                            else:
                                d()
                            finally:
                                e()
                            try:
                                f()
                            except Exception:
                                print('no network')
                                raise
                            try:
                                g()
                            except OSError:
                                sys.exit(1)
                            try:
                                h()
                            except FileNotFoundError:
                                pass
                            with suppress(Exception):
                                i()
                            try:
                                try:
                                    j()
                                finally:
                                    pass
                            except:
                                pass
                            try:
                                def k():
                                    l()
                            except:
                                pass
                            """).calls().stream().filter(Call::tried).map(Call::callee))
                    .containsExactly("a", "open", "b", "contextlib.suppress", "i", "j");
        }

        @Test
        void in_functions_are_tried_where_every_call_of_the_function_is() {
            assertThat(module("""
                            def load():
                                deeper()
                            def deeper():
                                a()
                            def twice():
                                b()
                            def never():
                                c()
                            def around():
                                around()
                                d()
                            class Loader:
                                def fetch(self):
                                    e()
                            try:
                                load()
                                twice()
                                Loader().fetch()
                            except Exception:
                                pass
                            twice()
                            """).calls().stream().filter(Call::tried).map(Call::callee))
                    .containsExactly("deeper", "a", "e", "load", "twice", "Loader", "Loader().fetch");
        }

        @Test
        void know_when_they_run() {
            assertThat(module("""
                            a()
                            def f():
                                b()
                            class C:
                                x = c()
                                def m(self):
                                    d()
                            if __name__ == '__main__':
                                e()
                            g = lambda: h()
                            """).calls())
                    .extracting(Call::callee, Call::scope)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("a", Scope.MODULE),
                            org.assertj.core.groups.Tuple.tuple("b", Scope.FUNCTION),
                            org.assertj.core.groups.Tuple.tuple("c", Scope.CLASS),
                            org.assertj.core.groups.Tuple.tuple("d", Scope.FUNCTION),
                            org.assertj.core.groups.Tuple.tuple("e", Scope.MAIN),
                            org.assertj.core.groups.Tuple.tuple("h", Scope.FUNCTION));
        }
    }

    @Test
    void lookups_of_variables_are_those_that_fail_where_nothing_sets_them() {
        assertThat(module("""
                        import os
                        from os import environ as env
                        A = os.environ["A"]
                        open(env['B'] + '/x')
                        os.environ["C"] = '1'
                        os.environ.get("D"), os.getenv('E'), other["F"], os.environ[name]
                        if "G" in os.environ:
                            os.environ["G"]
                        "H" in env and env["H"]
                        try:
                            os.environ["I"]
                        except KeyError:
                            pass
                        try:
                            os.environ["J"]
                        except OSError:
                            pass
                        del os.environ["K"]
                        """).lookups())
                .containsExactly(
                        new PythonSource.Lookup("A", 3),
                        new PythonSource.Lookup("B", 4),
                        new PythonSource.Lookup("J", 15));
    }

    @Test
    void assignments_keep_target_and_value() {
        assertThat(module("""
                        import os
                        HOST: str = "a"
                        uri = f"http://{HOST}:{5000}" + '/x'
                        os.environ["MLFLOW_TRACKING_URI"] = os.getenv("U") or "http://b"
                        x = y = [1, 'two'] if z else {'k': 3.5}
                        f()[0] = 1
                        """).assignments())
                .containsExactly(
                        new Assignment("HOST", new Text("a", 2), Scope.MODULE, false, 2),
                        new Assignment(
                                "uri",
                                new Joined(
                                        List.of(
                                                new Joined(
                                                        List.of(
                                                                new Text("http://", 3),
                                                                new Name("HOST", 3),
                                                                new Text(":", 3),
                                                                new Constant("5000", 3)),
                                                        3),
                                                new Text("/x", 3)),
                                        3),
                                Scope.MODULE,
                                false,
                                3),
                        new Assignment(
                                "os.environ[MLFLOW_TRACKING_URI]",
                                new Choice(
                                        List.of(
                                                new Result("os.getenv", List.of(new Text("U", 4)), 4),
                                                new Text("http://b", 4)),
                                        4),
                                Scope.MODULE,
                                false,
                                4),
                        new Assignment("x", either(), Scope.MODULE, false, 5),
                        new Assignment("y", either(), Scope.MODULE, false, 5));
    }

    private static Choice either() {
        return new Choice(
                List.of(
                        new Items(List.of(new Constant("1", 5), new Text("two", 5)), 5),
                        new Items(List.of(new Constant("3.5", 5)), 5)),
                5);
    }

    @Test
    void definitions_and_blocks_at_the_top_are_kept() {
        Module module = module("""
                import click
                @click.command()
                def main():
                    for x in y: pass
                class A: pass
                for x in y: pass
                with z: pass
                """);
        assertThat(module.definitions())
                .extracting(Definition::name, Definition::function, Definition::decorators)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("main", true, List.of("click.command")),
                        org.assertj.core.groups.Tuple.tuple("A", false, List.of()));
        assertThat(module.blocks()).containsExactly(6, 7);
    }

    @Test
    void the_syntax_of_newer_versions_and_other_scripts_is_known() {
        assertThat(module("match x:\n  case [1, *r]: f(r)\ntype A = int\nd = f'{a['b']}'\n")
                        .calls())
                .hasSize(1);
        assertThat(module("été = f()\n数 = g()\r\nprint('☃ 😀')\r\n").calls()).hasSize(3);
    }

    @Test
    void an_error_of_syntax_is_told_in_pythons_words() {
        assertThat(PythonSource.of("import os\nprint 'x'\n"))
                .isEqualTo(new Unreadable("Missing parentheses in call to 'print'. Did you mean print(...)?", 2, true));
        assertThat(PythonSource.of("x = 1\n<<<<<<< HEAD\n"))
                .isEqualTo(new Unreadable("that line is left over from a merge conflict (<<<<<<< HEAD)", 2, true));
        assertThat(PythonSource.of("def f(:\n")).isInstanceOf(Unreadable.class);
        assertThat(PythonSource.of("x" + "y".repeat(PythonSource.LONGEST)))
                .isEqualTo(new Unreadable("larger than 200000 characters", 0, false));
    }

    static List<String> hostile() {
        String indented = "if x:\n".repeat(1);
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            deep.append(" ".repeat(i)).append(indented);
        }
        Random random = new Random(7);
        String letters = " \n\t()[]{}:,.'\"\\abcdefif not lambda=+-*/f@#%&|^~<>!;\u0000\u1234";
        StringBuilder garbage = new StringBuilder();
        for (int i = 0; i < 150_000; i++) {
            garbage.append(letters.charAt(random.nextInt(letters.length())));
        }
        return List.of(
                "x = " + "(".repeat(190_000),
                "x = " + "(".repeat(90_000) + "1" + ")".repeat(90_000),
                "x = " + "not ".repeat(45_000) + "1\n",
                "x = " + "-".repeat(190_000) + "1\n",
                "x = " + "1+".repeat(90_000) + "1\n",
                "x = a" + ".a".repeat(90_000) + "\n",
                "x = a" + "()".repeat(90_000) + "\n",
                "x = a" + "[0]".repeat(60_000) + "\n",
                "x = " + "lambda:".repeat(25_000) + "1\n",
                "x = " + "f'{".repeat(60_000),
                "x = " + "a<".repeat(90_000) + "a\n",
                "x = " + "a if b else ".repeat(15_000) + "c\n",
                "if a:\n  pass\n" + "elif a:\n  pass\n".repeat(13_000),
                "\\\n".repeat(95_000),
                "'''\\".repeat(45_000),
                "x = 0x" + "9".repeat(190_000) + "\n",
                "x = " + "9".repeat(190_000) + "\n",
                "x = '" + "\\N{DASH}".repeat(20_000) + "'\n",
                "\u0000".repeat(190_000),
                deep.toString(),
                garbage.toString());
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostile_source_is_read_or_refused_in_time(String text) {
        PythonSource source = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> PythonSource.of(text));
        assertThat(source).isNotNull();
    }
}
