package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import dev.cortado.image.progress.ProgressEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilerTest {
    private static final String LEAVE_AN_OBJECT =
            """
            echo '[1/8] Initializing...'
            mkdir temporary/SVM-1
            printf object > temporary/SVM-1/app.o
            """;

    @TempDir Path directory;
    private final List<ProgressEvent> events = new ArrayList<>();
    private Path work;
    private List<Path> jars;

    @BeforeEach
    void prepare() throws IOException {
        work = Files.createDirectory(directory.resolve("work"));
        jars =
                List.of(
                        FakeJdk.module(directory.resolve("lib/a.jar"), "jdk.graal.compiler"),
                        FakeJdk.module(directory.resolve("lib/b b.jar"), "some.builder"));
    }

    @Test
    void returnsTheObjectAndTheReports() throws IOException {
        CompileResult result = compile(LEAVE_AN_OBJECT);
        assertEquals("object", Files.readString(result.object()));
        assertTrue(Files.isDirectory(result.reports()));
        assertEquals(new ProgressEvent.Step("Initializing", 1, 8), events.getFirst());
    }

    @Test
    void passesAllTheBuilderNeeds() throws IOException {
        compile(LEAVE_AN_OBJECT);
        List<String> builder =
                Arrays.asList(Files.readString(work.resolve("builder-arguments")).split("\0"));
        assertEquals("-imagecp", builder.getFirst());
        assertEquals("/a/b.jar:/c", builder.get(1));
        assertTrue(builder.contains("-H:Class=a.Main"), builder.toString());
        assertTrue(builder.contains("-H:Optimize=s"), builder.toString());
        assertEquals("-H:Extra=\"x\"", builder.getLast());
        List<String> jvm = Files.readAllLines(work.resolve("jvm-arguments"));
        assertTrue(jvm.contains("\"-Dsvm.platform=some.Platform\""));
        assertTrue(jvm.contains("\"-Dquoted=\\\"\\\\\""), "quotes are escaped");
        assertTrue(jvm.contains("\"" + directory + "/lib/a.jar\""), "upgraded module");
        assertTrue(jvm.contains("\"" + directory + "/lib/b b.jar\""), "module path");
        assertTrue(
                jvm.contains(
                        "\"java.base/jdk.internal.misc=jdk.graal.compiler,some.builder"
                                + ",ALL-UNNAMED\""));
        assertArrayEquals(
                CTypeFacts.files().keySet().stream().sorted().toArray(),
                Files.list(work.resolve("c-types"))
                        .map(file -> file.getFileName().toString())
                        .sorted()
                        .toArray());
    }

    @Test
    void saysWhyTheCompilerFailed() {
        UserError error =
                assertThrows(
                        UserError.class, () -> compile("echo 'Error: a.B is abstract'; exit 1"));
        assertEquals(
                "the compiler failed: a.B is abstract (more with --verbose)", error.getMessage());
        error = assertThrows(UserError.class, () -> compile2("exit 3"));
        assertTrue(error.getMessage().contains("out of memory"), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill -KILL $$", "kill -TERM $$", "exit 130", "exit 129"})
    void saysThatTheCompilerWasEnded(String end) {
        UserError error = assertThrows(UserError.class, () -> compile(end));
        assertTrue(error.getMessage().contains("was ended"), error.getMessage());
        assertFalse(error.getMessage().contains("ran out"), error.getMessage());
    }

    @Test
    void isNotContentWithoutAnObject() {
        assertThrows(IOException.class, () -> compile("exit 0"));
    }

    @Test
    void endsTheCompilerWhenInterrupted() throws Exception {
        Path marker = directory.resolve("process");
        String script = "echo $$ > '%s.new'; mv '%s.new' '%s'; exec sleep 60";
        script = script.formatted(marker, marker, marker);
        String slow = script;
        Thread thread = new Thread(() -> assertThrows(IOException.class, () -> compile(slow)));
        thread.start();
        while (!Files.exists(marker)) {
            assertTrue(thread.isAlive(), "the compiler was not started");
            Thread.sleep(10);
        }
        thread.interrupt();
        // Reading the compiler's output is not interruptible: what ends it is its own end.
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(Files.readString(marker).strip())).orElseThrow();
        process.destroy();
        thread.join(10_000);
        assertFalse(thread.isAlive());
        assertFalse(process.isAlive());
    }

    private CompileResult compile(String script) throws IOException {
        return compile(script, work);
    }

    private CompileResult compile2(String script) throws IOException {
        return compile(script, Files.createDirectory(directory.resolve("work2")));
    }

    private CompileResult compile(String script, Path in) throws IOException {
        Path home = FakeJdk.create(in.resolveSibling(in.getFileName() + "-jdk"), script);
        return new Compiler(events::add)
                .compile(
                        new CompileRequest(
                                Jdk.named(home),
                                jars,
                                Path.of("/overlay.jar"),
                                "some.Platform",
                                List.of(Path.of("/a/b.jar"), Path.of("/c")),
                                "a.Main",
                                "image",
                                Optimization.SIZE,
                                Target.QEMU,
                                List.of("-Dquoted=\"\\"),
                                List.of("-H:Extra=\"x\""),
                                new UUID(1, 2),
                                1,
                                1L << 30,
                                in));
    }
}
