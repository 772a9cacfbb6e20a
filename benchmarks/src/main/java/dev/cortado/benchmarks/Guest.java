package dev.cortado.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
record Guest(String name, Path kernel, Path initialRamDisk, String commandLine) {
    /** With nothing beside the kernel. */
    static Guest withoutRamDisk(String name, Path kernel) {
        return new Guest(name, kernel, null, "");
    }

    /** The same with more words for the kernel. */
    Guest with(String words) {
        return new Guest(name, kernel, initialRamDisk, (commandLine + ' ' + words).strip());
    }

    /** Of all that is loaded. */
    long bytes() throws IOException {
        long kernelBytes = Files.size(kernel);
        return initialRamDisk == null ? kernelBytes : kernelBytes + Files.size(initialRamDisk);
    }

    /** Boots with software emulation and this much memory; the console is on standard output. */
    List<String> command(int megabytes) {
        List<String> command = new ArrayList<>();
        command.add("qemu-system-x86_64");
        command.addAll(List.of("-machine", "microvm", "-accel", "tcg", "-cpu", "max"));
        command.addAll(List.of("-m", String.valueOf(megabytes), "-kernel", kernel.toString()));
        if (initialRamDisk != null) {
            command.addAll(List.of("-initrd", initialRamDisk.toString()));
        }
        if (!commandLine.isEmpty()) {
            command.addAll(List.of("-append", commandLine));
        }
        command.addAll(List.of("-nodefaults", "-no-user-config", "-no-reboot", "-display", "none"));
        command.addAll(List.of("-serial", "stdio"));
        command.addAll(List.of("-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"));
        return command;
    }

    /**
     * Boots and waits for a line on the console.
     *
     * @return milliseconds from QEMU's start to the line, empty when it did not come in time
     */
    OptionalDouble bootUntil(String line, int megabytes, int timeoutSeconds)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process qemu =
                new ProcessBuilder(command(megabytes))
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Thread watchdog =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                if (!qemu.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                                    qemu.destroyForcibly();
                                }
                            } catch (InterruptedException e) {
                                qemu.destroyForcibly();
                            }
                        });
        try (BufferedReader console =
                new BufferedReader(
                        new InputStreamReader(qemu.getInputStream(), StandardCharsets.UTF_8))) {
            for (String text = console.readLine(); text != null; text = console.readLine()) {
                if (text.strip().equals(line)) {
                    return OptionalDouble.of((System.nanoTime() - start) / 1e6);
                }
            }
            return OptionalDouble.empty();
        } finally {
            watchdog.interrupt();
            qemu.destroyForcibly().waitFor();
        }
    }
}
