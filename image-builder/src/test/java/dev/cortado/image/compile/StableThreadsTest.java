package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableThreadsTest {
    private static final String RUNNER = "com/oracle/svm/hosted/NativeImageGeneratorRunner.class";

    /** Takes some hash codes, as threads that start do, and prints the one after preparing. */
    private static final String START =
            """
            class Program {
                public static void main(String[] arguments) throws Exception {
                    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                        System.identityHashCode(new Object());
                    }
                    String queue = "java.util.concurrent.locks.AbstractQueuedSynchronizer$";
                    Class.forName(queue + arguments[1]);
                    com.oracle.svm.hosted.StableStart.prepare();
                    System.out.println(System.identityHashCode(new Object()));
                    for (String node : new String[] {"ExclusiveNode", "ConditionNode"}) {
                        System.out.println(Class.forName(queue + node).hashCode());
                    }
                }
            }
            """;

    @TempDir Path directory;

    @Test
    void theBuilderStartsPreparedAndWithoutOtherThreads() throws Exception {
        StableThreads.writeTo(directory, List.of(builder()));
        assertTrue(text(directory.resolve(RUNNER)).contains("StableStart"));
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> classes = files.filter(Files::isRegularFile).toList();
            assertEquals(4, classes.size());
            for (Path changed : classes) {
                assertEquals(!changed.endsWith(RUNNER), text(changed).contains("IdleExecutor"));
            }
        }
    }

    @Test
    void doesNotTakeJustAnyBuilder() throws IOException {
        Path other = directory.resolve("other.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(other))) {
            jar.putNextEntry(new ZipEntry(RUNNER));
            jar.write(ClassChange.ofJdk(JavaProgram.HOME, "java.base", "java/lang/Object"));
        }
        assertThrows(IOException.class, () -> StableThreads.writeTo(directory, List.of(other)));
    }

    @Test
    void whatHappenedBeforeTheStartDoesNotMatter() throws Exception {
        JavaProgram program = new JavaProgram(directory, START);
        List<String> options =
                List.of(
                        "--class-path",
                        Path.of("target", "overlay-classes").toAbsolutePath().toString(),
                        "--add-exports",
                        "java.base/jdk.internal.misc=ALL-UNNAMED");
        List<String> first = program.run(options, "0", "ExclusiveNode");
        assertEquals(3, first.size());
        assertEquals(first, program.run(options, "7", "ConditionNode"));
    }

    private static Path builder() throws Exception {
        var resource = StableThreadsTest.class.getClassLoader().getResource(RUNNER);
        String url = resource.toString();
        return Path.of(URI.create(url.substring("jar:".length(), url.indexOf("!/"))));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
