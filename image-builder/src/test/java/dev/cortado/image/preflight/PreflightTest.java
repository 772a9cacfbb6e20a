package dev.cortado.image.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.classpath.ClassPath;
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
    void whatIsPassedOverIsToldToWhoeverMissesTheMainClass() throws IOException {
        Path missing = directory.resolve("missing.jar");
        assertEquals(List.of(), check("p.Main", missing, classes));
        assertError(check("p.Other", missing, classes), missing + ": there is no such file");
        Path text = Files.writeString(directory.resolve("text.jar"), "not a jar");
        assertError(check("p.Other", text), text + ": this is not a sound jar");
        Path jar = Compiled.jar(directory.resolve("main.jar"), classes);
        byte[] bytes = Files.readAllBytes(jar);
        Files.write(jar, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertError(check("p.Main", jar), jar + ": this is not a sound jar");
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
    void warnsOfNativeCodeInALineAJar() throws IOException {
        Path library =
                Compiled.classes(
                        directory.resolve("library"),
                        "package p; class Fast { native int run(); static native void stop(); }",
                        "package p; class Faster { native int run(); }");
        Files.createDirectories(library.resolve("native"));
        Files.write(library.resolve("native/libx.so"), new byte[1]);
        Files.write(library.resolve("native/x.dll"), new byte[1]);
        Files.write(library.resolve("native/libx.so.1.2"), new byte[1]);
        Path jar = Compiled.jar(directory.resolve("library.jar"), library);
        List<Finding> findings = check("p.Main", classes, jar);
        assertEquals(1, findings.size(), findings.toString());
        assertEquals(Finding.Severity.WARNING, findings.getFirst().severity());
        assertEquals(
                jar
                        + ": has native code, the library native/libx.so and 2 more, native methods"
                        + " of p.Fast and 1 more: a guest runs Java code only, so calls of it will"
                        + " throw an UnsatisfiedLinkError",
                findings.getFirst().toString());
    }

    @Test
    void refusesAMainClassWithNativeMethodsUnlessTold() throws IOException {
        Path program =
                Compiled.classes(
                        directory.resolve("program"),
                        "package p; class Native { static void main() {} static native int n(); }");
        assertError(check("p.Native", program), "p.Native.n(Native.java)", "--ignore-native-code");
        List<Finding> findings = check("p.Native", List.of(program), List.of(), true);
        assertEquals(1, findings.size(), findings.toString());
        assertEquals(Finding.Severity.WARNING, findings.getFirst().severity());
    }

    @Test
    void classesThatNobodyFindsDoNotCount() throws IOException {
        Path fat = directory.resolve("fat");
        Files.createDirectories(fat.resolve("lib"));
        Files.move(classes.resolve("p"), fat.resolve("lib/p"));
        assertError(check("p.Main", fat), "p.Main", "no such class");
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
                        "package com.oracle.svm.core.annotate; public @interface TargetClass {"
                                + " String className() default \"\"; Class<?> value() default"
                                + " Void.class; }",
                        "package com.oracle.svm.core.annotate; public @interface Substitute {}",
                        "package g; import com.oracle.svm.core.annotate.*;"
                                + " @TargetClass(className = \"p.Fast\") class Target_p_Fast {"
                                + " @Substitute int run() { return 1; } }");
        List<Finding> findings = check("p.Main", List.of(classes, library), List.of(guest), false);
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
    void warnsOfClassesThatAreMadeWhileAProgramRuns() throws IOException {
        Path more =
                Compiled.classes(
                        directory.resolve("more"),
                        """
                        package p; class Maker extends ClassLoader {
                            Class<?> a(byte[] file) {
                                return defineClass("X", file, 0, file.length);
                            }
                            Object b(byte[] file) throws Exception {
                                return java.lang.invoke.MethodHandles.lookup()
                                    .defineHiddenClass(file, true);
                            }
                            static Class<?> defineClass(String name) { return null; }
                            static Object c() { return defineClass("own"); }
                        }\
                        """);
        List<Finding> findings = check("p.Main", classes, more);
        assertEquals(1, findings.size(), findings.toString());
        assertEquals(Finding.Severity.WARNING, findings.getFirst().severity());
        String made = findings.getFirst().toString();
        assertTrue(made.contains("p.Maker.a(Maker.java:3) and 1 more"), made);
    }

    @Test
    void reportsAllAtOnceWithErrorsFirst() throws IOException {
        Path more =
                Compiled.classes(
                        directory.resolve("more"),
                        "package p; class Uses { Object o = java.awt.Color.RED; native void n();"
                                + " }");
        Path damaged = Files.createDirectories(directory.resolve("damaged"));
        Files.writeString(damaged.resolve("X.class"), "damaged");
        List<Finding> findings = check("p.None", more, damaged, classes);
        assertEquals(
                List.of("ERROR", "ERROR", "WARNING", "WARNING"),
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
        return check(mainClass, List.of(classPath), List.of(), false);
    }

    private static List<Finding> check(
            String mainClass, List<Path> classPath, List<Path> guest, boolean ignoreNativeCode) {
        return new Preflight()
                .check(
                        new PreflightRequest(
                                ClassPath.resolve(classPath), guest, mainClass, ignoreNativeCode));
    }
}
