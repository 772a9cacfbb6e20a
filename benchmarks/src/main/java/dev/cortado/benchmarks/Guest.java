package dev.cortado.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Something QEMU can boot.
 *
 * @param initialRamDisk null where there is none
 */
record Guest(String name, Machine machine, Path kernel, Path initialRamDisk, String commandLine) {
    /** With nothing beside the kernel, on a microvm. */
    static Guest withoutRamDisk(String name, Path kernel) {
        return new Guest(name, Machine.MICROVM, kernel, null, "");
    }

    /** The same with more words for the kernel. */
    Guest with(String words) {
        return new Guest(
                name, machine, kernel, initialRamDisk, (commandLine + ' ' + words).strip());
    }

    /** The same on another machine. */
    Guest on(Machine other) {
        return new Guest(name, other, kernel, initialRamDisk, commandLine);
    }

    /** Of all that is loaded. */
    long bytes() throws IOException {
        long kernelBytes = Files.size(kernel);
        return initialRamDisk == null ? kernelBytes : kernelBytes + Files.size(initialRamDisk);
    }

    /** Boots with software emulation and this much memory; the console is on standard output. */
    List<String> command(int megabytes) {
        List<String> command = commandWithoutExit(megabytes);
        command.addAll(List.of("-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"));
        return command;
    }

    /** The same without the device by which the guest ends its machine. */
    List<String> commandWithoutExit(int megabytes) {
        List<String> command = new ArrayList<>();
        command.add("qemu-system-x86_64");
        command.addAll(List.of("-machine", machine.word(), "-accel", "tcg", "-cpu", "max"));
        command.addAll(List.of("-m", String.valueOf(megabytes), "-kernel", kernel.toString()));
        if (initialRamDisk != null) {
            command.addAll(List.of("-initrd", initialRamDisk.toString()));
        }
        if (!commandLine.isEmpty()) {
            command.addAll(List.of("-append", commandLine));
        }
        command.addAll(List.of("-nodefaults", "-no-user-config", "-no-reboot", "-display", "none"));
        command.addAll(List.of("-serial", "stdio"));
        return command;
    }

    /**
     * Boots with more devices, and waits for the machine's end; a watchdog ends it otherwise.
     *
     * @return what it wrote to its console
     */
    List<String> run(int megabytes, List<String> devices, int timeoutSeconds)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(command(megabytes));
        command.addAll(devices);
        Process qemu =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Thread watchdog = watch(qemu, timeoutSeconds);
        List<String> lines = new ArrayList<>();
        try (BufferedReader console = qemu.inputReader(StandardCharsets.UTF_8)) {
            for (String line = console.readLine(); line != null; line = console.readLine()) {
                System.out.println(name + ": " + line);
                lines.add(line);
            }
            return lines;
        } finally {
            watchdog.interrupt();
            qemu.destroyForcibly().waitFor();
        }
    }

    private static Thread watch(Process qemu, int timeoutSeconds) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        if (!qemu.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                            qemu.destroyForcibly();
                        }
                    } catch (InterruptedException e) {
                        qemu.destroyForcibly();
                    }
                });
    }

    /**
     * Boots and waits for a line on the console.
     *
     * @return milliseconds from QEMU's start to the line, empty when it did not come in time
     */
    OptionalDouble bootUntil(String line, int megabytes, int timeoutSeconds)
            throws IOException, InterruptedException {
        return bootUntil(command(megabytes), line, timeoutSeconds);
    }

    /** The same with QEMU's command line. */
    static OptionalDouble bootUntil(List<String> command, String line, int timeoutSeconds)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        return watched(
                command,
                timeoutSeconds,
                console -> {
                    for (String text = console.readLine();
                            text != null;
                            text = console.readLine()) {
                        // Firmware may have put its terminal's commands before it.
                        if (text.strip().endsWith(line)) {
                            return OptionalDouble.of((System.nanoTime() - start) / 1e6);
                        }
                    }
                    return OptionalDouble.empty();
                });
    }

    /**
     * Boots, and looks how quickly lines come between two others.
     *
     * @return bytes a second with a line's end of one byte, empty when the last did not come in
     *     time
     */
    static OptionalDouble bytesPerSecond(
            List<String> command, String first, String last, int timeoutSeconds)
            throws IOException, InterruptedException {
        return watched(
                command,
                timeoutSeconds,
                console -> {
                    String text = console.readLine();
                    while (text != null && !text.equals(first)) {
                        text = console.readLine();
                    }
                    long start = System.nanoTime();
                    long bytes = 0;
                    while (text != null && !text.equals(last)) {
                        bytes += text.length() + 1;
                        text = console.readLine();
                    }
                    double seconds = (System.nanoTime() - start) / 1e9;
                    return text == null
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(bytes / seconds);
                });
    }

    private interface Reading {
        OptionalDouble of(BufferedReader console) throws IOException;
    }

    /** The guest's input does not end: a virtio console would be closed then. */
    private static OptionalDouble watched(List<String> command, int timeoutSeconds, Reading reading)
            throws IOException, InterruptedException {
        Process qemu =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Thread watchdog = watch(qemu, timeoutSeconds);
        try (BufferedReader console = qemu.inputReader(StandardCharsets.UTF_8)) {
            return reading.of(console);
        } finally {
            watchdog.interrupt();
            qemu.destroyForcibly().waitFor();
        }
    }
}
