package dev.cortado.image.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.image.classpath.ClassPathElement;
import dev.cortado.image.preflight.Compiled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesInCodeTest {
    @TempDir Path directory;

    @Test
    void constantsOfLocaleAndWhatStringsMake() throws IOException {
        assertEquals(
                Set.of("de", "de-DE", "fr", "pt", "pt-BR", "sv", "th", "th-TH", "zh", "zh-Hant-TW"),
                named(
                                "Object a = Locale.GERMANY; Object b = Locale.FRENCH;",
                                "Object c = Locale.of(\"pt\", \"BR\");",
                                "Object d = new Locale(\"sv\");",
                                "Object e = Locale.forLanguageTag(\"th-TH-u-nu-thai\");",
                                "Object f = Locale.forLanguageTag(\"zh-Hant-TW\");")
                        .locales());
    }

    @Test
    void notWhatEveryImageHasNorWhatNobodyCanTell() throws IOException {
        assertEquals(
                Set.of(),
                named(
                                "Object a = Locale.ROOT; Object b = Locale.US;",
                                "Object c = Locale.of(System.lineSeparator());",
                                "Object d = Locale.of(\"d\" + System.lineSeparator(), \"DE\");",
                                "Object e = Locale.forLanguageTag(\"not a language\");",
                                "Object f = Locale.Category.FORMAT; String g = \"de\";")
                        .locales());
    }

    @Test
    void charsetsByAnyOfTheirNames() throws IOException {
        assertEquals(
                Set.of("GBK", "ISO-8859-15", "Shift_JIS", "windows-1252"),
                named(
                                "String a = \"Cp1252\", b = \"Shift_JIS\", c = \"ISO8859_15\";",
                                "String d = \"GBK\", e = \"utf-8\", f = \"greek\", g = \"850\";",
                                "String h = \"a-b\", i = \"UTF8\", j = \"latin1\";")
                        .charsets());
    }

    @Test
    void implementationsOfTheJdk() throws IOException {
        assertEquals(
                Map.of("p.Main", Set.of("com.sun.jndi.dns.DnsContextFactory", "sun.misc.Unsafe")),
                named(
                                "String a = \"com.sun.jndi.dns.DnsContextFactory\";",
                                "String b = \"sun.misc.Unsafe\", c = \"java.util.ArrayList\";",
                                "String d = \"com.sun.jndi.dns\", e = \"sun.Dance at Seven\";")
                        .classes());
    }

    @Test
    void fieldsThatHoldTheTimeOfTheirClassesInitialization() throws IOException {
        assertEquals(
                Set.of("p.Main$1Timer:START", "p.Main$1Timer:again"),
                named(
                                "class Timer { static final long START = System.nanoTime();",
                                "static long again = System.nanoTime();",
                                "static final long SINCE = System.nanoTime() - START;",
                                "static final double SECONDS = System.nanoTime();",
                                "static final long MILLIS = System.currentTimeMillis();",
                                "final long own = System.nanoTime(); }",
                                "long now = System.nanoTime();")
                        .startTimes());
    }

    @Test
    void startTimesOfSeveralFieldsAtOnce() throws IOException {
        assertEquals(
                Set.of("p.Main$1Timer:a", "p.Main$1Timer:b", "p.Main$1Timer:c", "p.Main$1Timer:d"),
                named(
                                "class Timer { static long a, b, c, d = 0, e;",
                                "static { a = b = c = 0; a = b = c = System.nanoTime();",
                                "d = System.nanoTime(); e = Math.abs(System.nanoTime()); } }")
                        .startTimes());
    }

    @Test
    void noStartTimeIsWhatMayBeSomethingElse() throws IOException {
        assertEquals(
                Set.of("p.Main$1Timer:sure"),
                named(
                                "class Timer { static final boolean ON ="
                                        + " Boolean.getBoolean(\"on\");",
                                "static long a = ON ? 5 : System.nanoTime();",
                                "static long b = ON ? System.nanoTime() : 5;",
                                "static long c, d, sure, later; static {",
                                "c = System.nanoTime(); if (ON) { c = 5; }",
                                "if (ON) { d = 5; } else { d = System.nanoTime(); }",
                                "if (ON) { sure = System.nanoTime(); }",
                                "java.util.function.LongSupplier s = () -> 5;",
                                "later = System.nanoTime(); later += s.getAsLong(); } }")
                        .startTimes());
    }

    /** Another version's of the same library, for one, which no class loader finds. */
    @Test
    void theFirstClassOfANameOnTheClassPathCounts() throws IOException {
        String found = "package p; class Timer { }";
        String hidden =
                """
                package p; import java.util.Locale; class Timer {
                static final long START = System.nanoTime(); Object a = Locale.GERMANY;
                String b = "Cp1252", c = "sun.misc.Unsafe", e = "java.home"; Object d() throws Exception {
                return getClass().getMethod("values").invoke(null); } }
                """;
        String other =
                "package p; import java.util.Locale; class Other { Object a = Locale.ITALY; }";
        Path first = Compiled.classes(directory.resolve("first"), found);
        Path second = Compiled.classes(directory.resolve("second"), hidden, other);
        Path jar = Compiled.jar(directory.resolve("second.jar"), second);
        NamesInCode names =
                NamesInCode.of(List.of(ClassPathElement.of(first), ClassPathElement.of(jar)));
        assertEquals(Set.of("it", "it-IT"), names.locales());
        assertEquals(Set.of(), names.charsets());
        assertEquals(Map.of(), names.classes());
        assertEquals(Set.of(), names.startTimes());
        assertEquals(Set.of(), names.enumReaders());
        assertEquals(Set.of(), names.homeReaders());
    }

    @Test
    void whoLooksUpTheValuesOfAnEnum() throws IOException {
        assertEquals(
                Set.of("p.Main$1Reader", "p.Main$2Reader"),
                named(
                                "{ class Reader { Object of(Enum<?> one) throws Exception {",
                                "return one.getClass().getMethod(\"values\").invoke(null); } } }",
                                "{ class Reader { Object of(Class<?> type) throws Exception {",
                                "return type.getDeclaredMethod(\"values\").invoke(null); } } }",
                                "class Other { Object of(Class<?> type) throws Exception {",
                                "return type.getMethod(\"value\").invoke(null); } }",
                                "String name = \"values\";")
                        .enumReaders());
    }

    @Test
    void whoNamesTheJdksDirectory() throws IOException {
        assertEquals(
                Set.of("p.Main$1Reader", "p.Main$2Reader"),
                named(
                                "{ class Reader { String a = System.getProperty(\"java.home\"); } }",
                                "{ class Reader { String a = \"${java.home}/lib/x\"; } }",
                                "class Other { String a = \"java.vm.home\", b = \"java\"; }")
                        .homeReaders());
    }

    @Test
    void damagedClassesNameNothing() throws IOException {
        Path classes = classes("Object a = Locale.GERMANY; String b = \"Cp1252\";");
        Path file = classes.resolve("p/Main.class");
        byte[] sound = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = sound.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Files.write(file, bytes);
            NamesInCode.of(List.of(ClassPathElement.of(classes)));
        }
    }

    private NamesInCode named(String... statements) throws IOException {
        return NamesInCode.of(List.of(ClassPathElement.of(classes(statements))));
    }

    private Path classes(String... statements) throws IOException {
        return Compiled.classes(
                directory.resolve("classes"),
                "package p; import java.util.Locale; public class Main { void run() { "
                        + String.join(" ", statements)
                        + " } }");
    }
}
