package dev.cortado.image.compile.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchedModulesTest {
    private static final String MAIN_SUPPORT = "JavaMainWrapper$JavaMainSupport.class";
    private static final String INITIALIZATION =
            "com/oracle/svm/hosted/classinitialization/ClassInitializationSupport.class";
    private static final String RUNNER = "com/oracle/svm/hosted/NativeImageGeneratorRunner.class";

    @TempDir Path directory;

    @Test
    void theBuilderHasNoOtherThreads() throws Exception {
        Map<String, Path> written = write(Map.of(Patch.BUILDER, builder()));
        assertEquals(Set.of(Patch.BASE, Patch.JVMCI, Patch.BUILDER), written.keySet());
        try (Stream<Path> files = Files.walk(written.get(Patch.BUILDER))) {
            List<Path> classes =
                    files.filter(Files::isRegularFile)
                            .filter(file -> file.getParent().endsWith("hosted"))
                            .toList();
            assertEquals(3, classes.size());
            for (Path changed : classes) {
                assertTrue(text(changed).contains("IdleExecutor"));
            }
        }
    }

    @Test
    void theBuilderAsksWhichClassIsStarted() throws Exception {
        Path written = write(Map.of(Patch.BUILDER, builder())).get(Patch.BUILDER);
        String changed = text(written.resolve("com/oracle/svm/core").resolve(MAIN_SUPPORT));
        assertTrue(changed.contains("StartedClass"));
    }

    @Test
    void theBuilderLeavesInitializersThatCallNativeCodeToTheGuest() throws Exception {
        Path written = write(Map.of(Patch.BUILDER, builder())).get(Patch.BUILDER);
        String changed = text(written.resolve(INITIALIZATION));
        assertTrue(changed.contains("NativeInitializers"));
    }

    @Test
    void doesNotTakeJustAnyBuilder() throws IOException {
        Path other = directory.resolve("other.jar");
        new JarOutputStream(Files.newOutputStream(other), new Manifest()).close();
        assertThrows(IOException.class, () -> write(Map.of(Patch.BUILDER, other)));
    }

    @Test
    void aClassWithNothingToChangeIsAnError() {
        Patch patch =
                PatchTable.all().stream()
                        .filter(each -> each.type().equals("java/util/HashMap"))
                        .findFirst()
                        .orElseThrow();
        assertThrows(IOException.class, () -> PatchedClass.of(patch, classBytes("Patch.class")));
    }

    /** Its own identity, which a virtual call would not give but ask for again, for ever. */
    private static final class BySuper {
        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    @Test
    void aCallBySuperIsNoVirtualCall() throws IOException {
        byte[] original = classBytes("PatchedModulesTest$BySuper.class");
        Hook hook = new Hook("a/B", "c", "(Ljava/lang/Object;)I");
        String object = "java/lang/Object";
        Patch calls = new Patch("m", "t", CodeChange.replaceCall(object, "hashCode", hook));
        assertThrows(IOException.class, () -> PatchedClass.of(calls, original));
        Patch bySuper = new Patch("m", "t", CodeChange.replaceSuperCall(object, "hashCode", hook));
        assertTrue(
                new String(PatchedClass.of(bySuper, original), StandardCharsets.ISO_8859_1)
                        .contains("a/B"));
    }

    @Test
    void eachClassHasOneRow() {
        List<Patch> rows = PatchTable.all();
        assertEquals(rows.size(), rows.stream().map(Patch::type).distinct().count());
    }

    private Map<String, Path> write(Map<String, Path> jars) throws IOException {
        return new PatchedModules(directory.resolve("patches"), JavaProgram.HOME, jars).write();
    }

    private static byte[] classBytes(String name) throws IOException {
        try (var in = PatchedModulesTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static Path builder() {
        var resource = PatchedModulesTest.class.getClassLoader().getResource(RUNNER);
        String url = resource.toString();
        return Path.of(URI.create(url.substring("jar:".length(), url.indexOf("!/"))));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
