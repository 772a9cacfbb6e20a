package dev.cortado.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What there is before any server: examples/hello, and a guest of its size that does nothing. */
final class EmptyGuest {
    private static final String LINE = "Hello from Cortado";
    private static final int TIMEOUT_SECONDS = 60;

    private final Guest hello;
    private final Path floor;

    EmptyGuest(Distribution distribution) {
        Path image = distribution.root().resolve("examples/hello/target/hello.elf");
        hello = Guest.withoutRamDisk("hello", image);
        floor = distribution.output("http/floor.elf");
    }

    /** Milliseconds until hello's first line; NaN if it does not come. */
    double firstLine(int megabytes) throws IOException, InterruptedException {
        return hello.bootUntil(LINE, megabytes, TIMEOUT_SECONDS).orElse(Double.NaN);
    }

    /** MB of the host's memory that QEMU has for a guest that has written a line and halted. */
    double emptyMegabytes(int megabytes) throws IOException, InterruptedException {
        Path image = HelloFloor.create(hello.kernel(), LINE, floor);
        List<String> command = Guest.withoutRamDisk("Floor", image).commandWithoutExit(megabytes);
        Process qemu =
                new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader console = qemu.inputReader(StandardCharsets.UTF_8)) {
            console.readLine();
            return ServerGuest.residentMegabytes(qemu);
        } finally {
            qemu.destroyForcibly().waitFor();
        }
    }
}
