package dev.cortado.runtime.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeTableTest {
    private static final Path DOCUMENT = Path.of("NATIVES.md");
    private static final String WRITE = "cortado.natives.write";

    private static final Set<String> LEFT_OUT =
            Set.of("java.desktop", "jdk.hotspot.agent", "jdk.internal.vm.ci");

    /** Of this JDK: {@code module class name descriptor}. */
    private static List<String[]> nativesOfTheJdk() throws IOException {
        List<String[]> natives = new ArrayList<>();
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        try (Stream<Path> files = Files.walk(modules)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !LEFT_OUT.contains(file.getName(1).toString()))
                    .forEach(file -> addNatives(file, natives));
        }
        return natives;
    }

    private static void addNatives(Path file, List<String[]> natives) {
        try {
            ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
            for (MethodModel method : model.methods()) {
                if (method.flags().has(AccessFlag.NATIVE)) {
                    natives.add(
                            new String[] {
                                file.getName(1).toString(),
                                model.thisClass().asInternalName().replace('/', '.'),
                                method.methodName().stringValue(),
                                method.methodType().stringValue()
                            });
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void hasEveryNativeOfTheJdkAndNoOther() throws IOException {
        NativeTable table = NativeTable.load();
        Set<String> unused =
                table.methods().stream()
                        .map(NativeMethod::key)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> missing = new TreeSet<>();
        for (String[] each : nativesOfTheJdk()) {
            NativeMethod entry = table.find(each[1], each[2], each[3]).orElse(null);
            if (entry == null || !entry.module().equals(each[0])) {
                missing.add(String.join(" ", each));
            } else {
                unused.remove(entry.key());
            }
        }
        assertEquals(Set.of(), missing, "the table lacks these natives of the JDK");
        assertEquals(Set.of(), unused, "the table has what is no native of the JDK");
    }

    @Test
    void theDocumentIsThatOfTheTable() throws IOException {
        String expected = NativeDocument.render(NativeTable.load().methods());
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(DOCUMENT, expected);
        }
        assertEquals(expected, Files.readString(DOCUMENT), "generate " + DOCUMENT + " again");
    }

    @Test
    void overloadsAreToldApartByTheirDescriptors() {
        NativeTable table = NativeTable.parse("module m\nC nothing a(I)V b = none\nC graalvm a()V");
        assertEquals(Replacement.NOTHING, table.find("C", "a", "(I)V").get().replacement());
        assertEquals(Replacement.GRAALVM, table.find("C", "a", "()V").get().replacement());
        assertEquals("none", table.find("C", "b", "(J)J").get().reason());
        assertTrue(table.find("C", "a", "(J)V").isEmpty());
        assertTrue(table.find("D", "b", "()V").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C graalvm a",
                "module m\nC graalvm",
                "module m\nC native a",
                "module m\nC refused a",
                "module m\nC nothing a =",
                "module m\nC graalvm a = why",
                "module m\nC graalvm a a"
            })
    void whatIsNoTableIsSaidWithItsLine(String text) {
        assertThrows(IllegalArgumentException.class, () -> NativeTable.parse(text));
    }
}
