package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.image.disk.DiskRequest;
import dev.cortado.image.environment.EnvironmentVariables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void quotesWhereNeeded() {
        assertEquals("", CommandLine.of(List.of()));
        assertEquals("a -Db=c", CommandLine.of(List.of("a", "-Db=c")));
        assertEquals("\"a b\" \"\"", CommandLine.of(List.of("a b", "")));
        assertEquals("\"say \\\"hi\\\"\" \"\\\\\"", CommandLine.of(List.of("say \"hi\"", "\\")));
    }

    @Test
    void variablesAreTheKernelsToKnow() {
        RunRequest request =
                RunRequest.of(Path.of("image"))
                        .environment(
                                EnvironmentVariables.of(
                                        Map.of("A", "say \"hi\" \\", "B", "", "C", "d=é")))
                        .arguments(List.of("argument"))
                        .build();
        assertEquals(
                "cortado.console=framed \"cortado.env=A=say \\\"hi\\\" \\\\\" cortado.env=B="
                        + " cortado.env=C=d=é -- argument",
                CommandLine.of(request));
    }

    /** A word with blanks begins with a quote. */
    @Test
    void aLineThatIsThereMayBeginWithOtherWordsForTheKernel() {
        RunRequest request = RunRequest.of(Path.of("image")).build();
        for (String line : List.of("\"cortado.env=A=b c\" -- d", "cortado.env=A=b -- d")) {
            assertEquals(
                    "cortado.console=framed " + line, CommandLine.before(line, request, List.of()));
        }
        assertEquals("cortado.console=framed -- d", CommandLine.before("d", request, List.of()));
    }

    @Test
    void mountsAreTheKernelsToKnow() {
        RunRequest request =
                RunRequest.of(Path.of("image"))
                        .disks(DiskRequest.of(List.of(), List.of("/a=label=my disk:ext4", "none")))
                        .arguments(List.of("argument"))
                        .build();
        assertEquals(
                "cortado.console=framed \"cortado.mount=/a=label=my disk:ext4\""
                        + " cortado.mount=none -- argument",
                CommandLine.of(request));
    }
}
