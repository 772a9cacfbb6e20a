package dev.cortado.image.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    private static final String MAIN =
            "package p; public class Main { public static void main(String[] a) {} }";

    @TempDir Path directory;
    private Path classes;

    @BeforeEach
    void compile() throws IOException {
        classes = Compiled.classes(directory.resolve("classes"), MAIN);
    }

    @Test
    void hasNothingToSayOfASoundProgram() throws IOException {
        assertEquals(List.of(), check("p.Main", classes));
        Path jar = Compiled.jar(directory.resolve("main.jar"), classes);
        assertEquals(List.of(), check("p.Main", jar));
    }

    @Test
    void missesEntriesThatDoNotExist() {
        Path missing = directory.resolve("missing.jar");
        assertError(check("p.Main", missing, classes), missing + "", "does not exist");
    }

    @Test
    void refusesFilesThatAreNotJars() throws IOException {
        Path text = Files.writeString(directory.resolve("text.jar"), "not a jar");
        assertError(check("p.Main", classes, text), text + "", "nor a sound jar");
    }

    @Test
    void refusesATruncatedJar() throws IOException {
        Path jar = Compiled.jar(directory.resolve("main.jar"), classes);
        byte[] bytes = Files.readAllBytes(jar);
        Files.write(jar, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertError(check("p.Main", jar).subList(0, 1), jar + "", "nor a sound jar");
    }

    @Test
    void neverThrowsWhateverAJarContains() throws IOException {
        Path jar = Compiled.jar(directory.resolve("main.jar"), classes);
        byte[] sound = Files.readAllBytes(jar);
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = sound.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Files.write(jar, bytes);
            check("p.Main", jar);
        }
    }

    @Test
    void neverThrowsWhateverAClassFileContains() throws IOException {
        Path file = classes.resolve("p/Main.class");
        byte[] sound = Files.readAllBytes(file);
        Random random = new Random(2);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = sound.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Files.write(file, bytes);
            check("p.Main", classes);
        }
        for (int length = 0; length < sound.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(sound, length));
            assertTrue(
                    check("p.Main", classes).getFirst().severity() == Finding.Severity.ERROR,
                    "truncated at " + length);
        }
    }

    @Test
    void namesTheClassThatIsTooNew() throws IOException {
        Path file = classes.resolve("p/Main.class");
        byte[] bytes = Files.readAllBytes(file);
        bytes[7] = 44 + 26;
        Files.write(file, bytes);
        List<Finding> findings = check("p.Main", classes);
        assertError(findings.subList(0, 1), "p/Main.class", "Java 26", "--release 25");
    }

    @Test
    void skipsClassesForLaterReleases() throws IOException {
        Path later = classes.resolve("META-INF/versions/26/p");
        Files.createDirectories(later);
        byte[] bytes = Files.readAllBytes(classes.resolve("p/Main.class"));
        bytes[7] = 44 + 26;
        Files.write(later.resolve("Main.class"), bytes);
        assertEquals(List.of(), check("p.Main", classes));
    }

    @Test
    void looksForTheMainClass() {
        assertError(check("p.Man", classes), "p.Man", "no such class", "p.Main");
        assertError(check("", classes), "", "no such class");
    }

    @Test
    void looksForMain() throws IOException {
        assertEquals(List.of(), checkMain("static void main() {}"));
        assertEquals(List.of(), checkMain("void main() {}"));
        assertEquals(List.of(), checkMain("protected void main(String[] a) {}"));
        assertNoMain("it has no main", "void other() {}");
        assertNoMain("private", "private static void main(String[] a) {}");
        assertNoMain("returns something", "static int main(String[] a) { return 1; }");
        assertNoMain("other parameters", "static void main(int a) {}");
        assertNoMain("instance method", "M(int i) {} void main(String[] a) {}");
    }

    @Test
    void findsAnInheritedMain() throws IOException {
        Path more =
                Compiled.classes(
                        directory.resolve("more"),
                        "package p; class Base { public static void main(String[] a) {} }"
                                + " class Derived extends Base {}");
        assertEquals(List.of(), check("p.Derived", more));
    }

    @Test
    void refusesNativeLibraries() throws IOException {
        Files.createDirectories(classes.resolve("native"));
        Files.write(classes.resolve("native/libx.so"), new byte[1]);
        Files.write(classes.resolve("native/x.dll"), new byte[1]);
        Files.write(classes.resolve("native/libx.so.1.2"), new byte[1]);
        Path jar = Compiled.jar(directory.resolve("main.jar"), classes);
        assertError(
                check("p.Main", jar),
                jar.toString(),
                "native/libx.so and 2 more",
                "--ignore-native-code");
    }

    @Test
    void refusesNativeMethodsThatNobodyReplaces() throws IOException {
        Path library =
                Compiled.classes(
                        directory.resolve("library"),
                        "package p; class Fast { native int run(); static native void stop(); }");
        assertError(check("p.Main", classes, library), library + "", "p.Fast.run(Fast.java) and 1");
        List<Finding> findings =
                new Preflight()
                        .check(
                                new PreflightRequest(
                                        List.of(classes, library), List.of(), "p.Main", true));
        assertEquals(Finding.Severity.WARNING, findings.getFirst().severity());
    }

    @Test
    void knowsNativeMethodsThatTheGuestReplaces() throws IOException {
        Path library =
                Compiled.classes(
                        directory.resolve("library"),
                        "package p; class Fast { native int run(); }");
        Path guest =
                Compiled.classes(
                        directory.resolve("guest"),
                        "package com.oracle.svm.core.annotate;"
                                + " public @interface TargetClass { String className() default \"\";"
                                + " Class<?> value() default Void.class; }",
                        "package com.oracle.svm.core.annotate; public @interface Substitute {}",
                        "package g; import com.oracle.svm.core.annotate.*;"
                                + " @TargetClass(className = \"p.Fast\") class Target_p_Fast {"
                                + " @Substitute int run() { return 1; } }");
        List<Finding> findings =
                new Preflight()
                        .check(
                                new PreflightRequest(
                                        List.of(classes, library),
                                        List.of(guest),
                                        "p.Main",
                                        false));
        assertEquals(List.of(), findings);
    }

    @Test
    void warnsOfProcessesAndWindowsWithTheLine() throws IOException {
        Path more =
                Compiled.classes(
                        directory.resolve("more"),
                        """
                        package p; class Uses {
                            void a() throws Exception {
                                new ProcessBuilder("ls")
                                    .start();
                                Runtime.getRuntime().exec(new String[] {"ls"});
                                Runtime.getRuntime().gc();
                            }
                            Object b() {
                                return javax.swing.SwingConstants.class;
                            }
                        }\
                        """);
        List<Finding> findings = check("p.Main", classes, more);
        assertEquals(2, findings.size(), findings.toString());
        assertEquals(Finding.Severity.WARNING, findings.get(0).severity());
        String processes = findings.get(0).toString();
        assertTrue(processes.contains("p.Uses.a(Uses.java:4) and 1 more"), processes);
        String windows = findings.get(1).toString();
        assertTrue(windows.contains("p.Uses.b(Uses.java:9)"), windows);
    }

    @Test
    void reportsAllAtOnceWithErrorsFirst() throws IOException {
        Path more =
                Compiled.classes(
                        directory.resolve("more"),
                        "package p; class Uses { Object o = java.awt.Color.RED; native void n(); }");
        List<Finding> findings = check("p.None", more, directory.resolve("missing"), classes);
        assertEquals(
                List.of("ERROR", "ERROR", "ERROR", "WARNING"),
                findings.stream().map(finding -> finding.severity().name()).toList());
    }

    private List<Finding> checkMain(String body) throws IOException {
        Path program = Files.createTempDirectory(directory, "main");
        return check("p.M", Compiled.classes(program, "package p; class M { " + body + " }"));
    }

    private void assertNoMain(String reason, String body) throws IOException {
        assertError(checkMain(body), "p.M", reason, "public static void main(String[] args)");
    }

    private static void assertError(List<Finding> findings, String... parts) {
        assertEquals(1, findings.size(), findings.toString());
        assertEquals(Finding.Severity.ERROR, findings.getFirst().severity());
        String text = findings.getFirst().toString();
        assertEquals(1, text.lines().count(), text);
        for (String part : parts) {
            assertTrue(text.contains(part), text);
        }
    }

    private static List<Finding> check(String mainClass, Path... classPath) {
        return new Preflight()
                .check(new PreflightRequest(List.of(classPath), List.of(), mainClass, false));
    }
}
