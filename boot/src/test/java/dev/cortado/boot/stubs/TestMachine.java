package dev.cortado.boot.stubs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A machine to run an image on; skips the test where there is no QEMU. */
final class TestMachine {

    private static final String PROGRAM = "qemu-system-x86_64";
    private static final String FIRMWARE_DIRECTORY = "/usr/share/OVMF";
    private static final int TIMEOUT_SECONDS = 60;
    private static final int SETTLE_MILLISECONDS = 200;

    /** isa-debug-exit makes QEMU exit with this for a write of 0. */
    private static final int EXIT_CODE = 1;

    private final List<String> options = new ArrayList<>();
    private String machine = "microvm";
    private String cpu = "max";
    private int memory = 64;
    private boolean debugExit = true;

    /** Options before and after the name of the file with the image. */
    private String imageOption = "-kernel";

    private String imagePrefix = "";

    /** What a run left. */
    record Result(List<String> serial, String debug, boolean running, int exitCode) {}

    TestMachine machine(String name) {
        machine = name;
        return this;
    }

    TestMachine cpu(String name) {
        cpu = name;
        return this;
    }

    TestMachine memory(int mebibytes) {
        memory = mebibytes;
        return this;
    }

    /** The image is a disk, which the BIOS boots. */
    TestMachine disk() {
        return drive("ide");
    }

    /** The image is a compact disc. */
    TestMachine disc() {
        imageOption = "-cdrom";
        return this;
    }

    /** The image is a floppy disk. */
    TestMachine floppy() {
        return drive("floppy");
    }

    private TestMachine drive(String bus) {
        imageOption = "-drive";
        imagePrefix = "format=raw,if=" + bus + ",file=";
        return this;
    }

    /**
     * The firmware is UEFI, as Debian's package ovmf has it; skips the test where it is missing.
     */
    TestMachine uefi() {
        return uefi("OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd");
    }

    /**
     * @param code and variables: files of the package
     */
    TestMachine uefi(String code, String variables) {
        for (String file : List.of(code, variables)) {
            assumeTrue(
                    Files.exists(Path.of(FIRMWARE_DIRECTORY, file)),
                    "the package ovmf is not installed: no " + file);
        }
        // A snapshot: what the firmware writes to its variables is gone with the machine.
        String flash = "if=pflash,format=raw,unit=%d,file=" + FIRMWARE_DIRECTORY + "/%s";
        return options(
                "-drive",
                flash.formatted(0, code) + ",readonly=on",
                "-drive",
                flash.formatted(1, variables) + ",snapshot=on");
    }

    /** A write to the exit port does nothing. */
    TestMachine withoutDebugExit() {
        debugExit = false;
        return this;
    }

    TestMachine options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /**
     * Runs until the guest ends the machine; a guest that does not within a minute fails the test.
     */
    Result run(byte[] image) throws IOException, InterruptedException {
        Result result = run(image, null);
        if (result.exitCode() != EXIT_CODE) {
            throw new AssertionError("guest did not end by itself: " + result);
        }
        return result;
    }

    /** Runs until the serial console has shown a line, and a moment more. */
    Result runUntil(byte[] image, String lastLine) throws IOException, InterruptedException {
        return run(image, lastLine);
    }

    private Result run(byte[] image, String lastLine) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("cortado-boot");
        Path kernel = directory.resolve("kernel");
        Path debug = directory.resolve("debug");
        try {
            Files.write(kernel, image);
            Process process = start(kernel, debug);
            Thread watchdog = killAfterTimeout(process);
            List<String> lines = readUntil(process, lastLine);
            boolean running = process.isAlive();
            process.destroyForcibly();
            int code = process.waitFor();
            watchdog.interrupt();
            String debugText = Files.readString(debug, StandardCharsets.ISO_8859_1);
            return new Result(lines, debugText, running, code);
        } finally {
            Files.deleteIfExists(kernel);
            Files.deleteIfExists(debug);
            Files.delete(directory);
        }
    }

    /** All lines, or those to a last one and then a moment's wait for what the guest does next. */
    private static List<String> readUntil(Process process, String lastLine)
            throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        var reader = process.inputReader(StandardCharsets.ISO_8859_1);
        String line = reader.readLine();
        while (line != null && !line.equals(lastLine)) {
            lines.add(line);
            line = reader.readLine();
        }
        if (line == null) {
            process.waitFor();
        } else {
            lines.add(line);
            Thread.sleep(SETTLE_MILLISECONDS);
        }
        return lines;
    }

    private Process start(Path kernel, Path debug) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                PROGRAM,
                                "-machine",
                                machine,
                                "-accel",
                                "tcg",
                                "-cpu",
                                cpu,
                                "-m",
                                Integer.toString(memory),
                                imageOption,
                                imagePrefix + kernel,
                                "-nodefaults",
                                "-no-user-config",
                                "-no-reboot",
                                "-display",
                                "none",
                                "-serial",
                                "stdio",
                                "-chardev",
                                "file,id=debug,path=" + debug,
                                "-device",
                                "isa-debugcon,iobase=0xe9,chardev=debug"));
        if (debugExit) {
            command.addAll(List.of("-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"));
        }
        command.addAll(options);
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "QEMU is not installed: " + e.getMessage());
            throw new AssertionError(e);
        }
    }

    private static Thread killAfterTimeout(Process process) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                            process.destroyForcibly();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
