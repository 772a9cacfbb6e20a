package dev.cortado.image.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.JavaCommand;
import dev.cortado.image.preflight.Compiled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JLS 25, section 12.1.4: the class {@code p.M} starts here if, and only if, HotSpot starts it. */
class MainMethodTest {
    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class M { public static void main(String[] a) {} }",
                "class M { static void main(String... a) {} }",
                "class M { protected static void main() {} }",
                "class M { void main() {} }",
                "class M { protected void main(String[] a) {} }",
                "class M { M(int i) {} static void main() {} }",
                "class M { private static void main(String[] a) {} static void main() {} }",
                "class M { static int main(String[] a) { return 1; } void main() {} }",
                "class M extends P { } class P { public static void main(String[] a) {} }",
                "class M extends P { } class P { static void main() {} }",
                "class M extends P { M() { super(1); } } class P { P(int i) {} void main() {} }",
                "class M extends P { } class P extends Q { } class Q { void main() {} }",
                "class M extends P { private static void main(String[] a) {} }"
                        + " class P { static void main() {} }",
                "class M extends P { static void main() {} }"
                        + " class P { public static void main(String[] a) {} }",
                "class M implements I { } interface I { default void main(String[] a) {} }",
                "class M extends P { } class P implements I { } interface I { default void main()"
                        + " {} }",
                "interface M { static void main() {} }",
                "abstract class M { static void main() {} }",
                "enum M { A; public static void main(String[] a) {} }",
                "record M() { void main() {} }",
                "class M extends java.util.ArrayList<String> { void main() {} }",
            })
    void startsWhatHotSpotStarts(String source) throws Exception {
        assertEquals(Optional.empty(), problem(source));
        assertEquals(0, hotSpot().exitCode(), () -> output());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class M { void other() {} }",
                "class M { private static void main(String[] a) {} }",
                "class M { private void main() {} }",
                "class M { static int main(String[] a) { return 1; } }",
                "class M { static void main(int a) {} }",
                "class M { M(int i) {} void main(String[] a) {} }",
                "class M { private M() {} void main() {} }",
                "class M implements I { } interface I { static void main(String[] a) {} }",
                "abstract class M { void main() {} }",
                "interface M { default void main() {} }",
                "enum M { A; void main() {} }",
                "record M(int i) { void main() {} }",
                "class M extends P { } class P { private static void main(String[] a) {} }",
                "class M extends P { M(int i) { } } class P { void main() {} }",
                "abstract class M implements I { } interface I { void main(String[] a); }",
                "class M extends java.util.ArrayList<String> { }",
            })
    void startsNothingThatHotSpotDoesNot(String source) throws Exception {
        assertTrue(problem(source).isPresent());
        assertEquals(1, hotSpot().exitCode(), () -> output());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class O { class M { void main() {} } }",
                "class O { static class M { void main() {} } }",
                "class O { class M { static void main() {} } }",
            })
    void membersOfOtherClasses(String source) throws Exception {
        Map<String, ClassOutline> types = compile(source);
        Optional<String> problem = new MainMethod(types::get).problem(types.get("p.O$M"));
        JavaCommand.Result result = JavaCommand.run(directory, "-cp", ".", "p.O$M");
        assertEquals(result.exitCode() == 0, problem.isEmpty(), problem + result.output());
    }

    private Optional<String> problem(String source) throws Exception {
        Map<String, ClassOutline> types = compile(source);
        return new MainMethod(types::get).problem(types.get("p.M"));
    }

    private Map<String, ClassOutline> compile(String source) throws Exception {
        Compiled.classes(directory, "package p; " + source);
        Map<String, ClassOutline> types = new HashMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("p"))) {
            for (Path file : files.toList()) {
                ClassOutline outline = OutlineReader.read(Files.readAllBytes(file));
                types.put(outline.name(), outline);
            }
        }
        assertEquals(List.of(), types.keySet().stream().filter(n -> !n.startsWith("p.")).toList());
        return types;
    }

    private JavaCommand.Result hotSpot() throws Exception {
        return JavaCommand.run(directory, "-cp", ".", "p.M");
    }

    private String output() {
        try {
            return hotSpot().output();
        } catch (Exception e) {
            return e.toString();
        }
    }
}
