package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard streams: whole, and byte for byte. */
final class ConsoleIT {
    @Test
    void inputWaitsForAProgramThatReadsLate() {
        String lines =
                IntStream.rangeClosed(1, 20_000)
                        .mapToObj(i -> i + "\n")
                        .collect(Collectors.joining());
        new Probe().withInput(lines).start("late").is(0, "20000 lines\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"microvm", "q35"})
    void inputFromAPipeArrivesByteForByte(String machine) {
        byte[] bytes = new byte[100_000];
        new Random(7).nextBytes(bytes);
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.writeBytes(new byte[] {4, 0x1c, 0x14, 0x7f, '\r', '\n', 3, 0x10, 0x10, 'e', 0x11});
        input.writeBytes(bytes);
        input.write(4);
        CRC32 crc = new CRC32();
        crc.update(input.toByteArray());
        new Probe()
                .with("--machine", machine)
                .withInput(input.toByteArray())
                .start("sum")
                .is(0, "%d bytes, CRC-32 %x\nthen -1\n".formatted(input.size(), crc.getValue()));
    }

    @Test
    void channelsReadAndWriteTheConsole() {
        String lines =
                IntStream.range(0, 2000)
                        .mapToObj(i -> "line " + i + "\n")
                        .collect(Collectors.joining());
        new Probe().withInput(lines).start("channels").is(0, lines + "size 0\nIllegal seek\n");
    }

    @Test
    void whoReadsByAChannelCanBeInterrupted() {
        try (Session session = new Session(new Probe().command("closed"))) {
            session.await("ClosedByInterruptException\nclosed\n");
            session.type("x\n");
            session.await("read x\n");
            assertEquals(0, session.end().exitCode());
        }
    }

    @Test
    void carriageReturnsAndLineFeedsAreNotParted() {
        new Probe()
                .withInput("a\r\nb\r\n")
                .start("echo")
                .is(0, "ready\nheard [a]\nheard [b]\nend of input\n");
    }

    @Test
    void aPromptIsSeenBeforeItsAnswer() {
        try (Session session = new Session(new Probe().command("prompt"))) {
            session.await("name? ");
            session.type("Ada\n");
            session.await("hello, Ada\n");
            assertEquals(0, session.end().exitCode());
        }
    }

    /** Longer than a FIFO, longer than the buffer that a write passes. */
    @ParameterizedTest
    @CsvSource({"1,40,2000", "4,40,2000", "4,5000,40"})
    void aWriteIsWhole(String cpus, int bytes, int lines) {
        Outcome outcome =
                new Probe()
                        .with("--cpus", cpus)
                        .start("mixed", Integer.toString(bytes), Integer.toString(lines))
                        .outcome();
        List<String> shown = outcome.console().lines().toList();
        Set<String> whole = new TreeSet<>();
        for (char letter = 'a'; letter < 'e'; letter++) {
            whole.add(String.valueOf(letter).repeat(bytes - 1));
        }
        assertEquals(4 * lines, shown.size());
        assertEquals(whole, new TreeSet<>(shown));
        assertEquals(0, outcome.exitCode());
    }

    /** Before the bytes are read, much longer than a guest waits for anything. */
    @Test
    void outputWaitsForWhoReadsLate() throws Exception {
        Process process = new ProcessBuilder(new Probe().command("huge", "1")).start();
        process.getOutputStream().close();
        try {
            Thread.sleep(5000);
            byte[] shown = process.getInputStream().readAllBytes();
            assertEquals(1 << 20, shown.length);
            String line = "0123456789".repeat(6) + "abc\n";
            assertEquals(
                    line.repeat((1 << 20) / line.length()),
                    new String(shown, StandardCharsets.US_ASCII));
            assertEquals(0, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void nineHundredArgumentsArrive() {
        String[] arguments =
                IntStream.range(-1, 900)
                        .mapToObj(i -> i < 0 ? "arguments" : "arg \"" + i)
                        .toArray(String[]::new);
        for (String machine : List.of("microvm", "q35", "pc")) {
            List<String> lines =
                    new Probe()
                            .with("--machine", machine)
                            .start(arguments)
                            .outcome()
                            .console()
                            .lines()
                            .toList();
            assertEquals(901, lines.size(), machine);
            for (int i = 0; i < 900; i++) {
                assertEquals("argument [arg \"" + i + "]", lines.get(i));
            }
        }
    }

    /** As many bytes as a loader's command line has, and one more, which goes another way. */
    @ParameterizedTest
    @CsvSource({"microvm,0", "microvm,1", "q35,0", "q35,1"})
    void aCommandLineMayHaveAnyLength(String machine, int more) {
        String before = "cortado.console=framed -- arguments ";
        String word = "x".repeat(4095 - before.length() + more);
        new Probe()
                .with("--machine", machine)
                .start("arguments", word)
                .is(0, "argument [" + word + "]\nproperty [null]\n");
    }

    @Test
    void moreArgumentsThanThereIsRoomForAreAnError() {
        String[] arguments = new String[20];
        Arrays.fill(arguments, "x".repeat(100_000));
        Outcome outcome = new Probe().start(arguments).outcome();
        assertEquals(2, outcome.exitCode());
        // Three of them end the kernel's own words.
        assertTrue(outcome.console().contains("2,000,022 bytes"), outcome.console());
    }
}
