package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.image.disk.DiskRequest;
import java.nio.file.Path;
import java.util.List;
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
