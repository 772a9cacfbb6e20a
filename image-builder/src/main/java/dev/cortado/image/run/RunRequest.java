package dev.cortado.image.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which image to run, and how. {@link #of} gives a request with the usual settings; the {@code
 * with} methods change one each.
 *
 * @param image the image file
 * @param machine the machine that QEMU is to be; none for the usual one, or for another hypervisor
 * @param memory the machine's memory
 * @param cpus how many processors it has
 * @param timeout when to end the guest, if it has not ended by itself
 * @param gdb the port on which to wait for gdb before the first instruction, if at all
 * @param accelerator how to execute it; none to find out what works
 * @param arguments the program's; words such as {@code -Da=b} become system properties
 */
public record RunRequest(
        Path image,
        Optional<Machine> machine,
        MemorySize memory,
        int cpus,
        Optional<Duration> timeout,
        OptionalInt gdb,
        Optional<Accelerator> accelerator,
        List<String> arguments) {

    public RunRequest {
        arguments = List.copyOf(arguments);
    }

    /** A request with the usual settings. */
    public static RunRequest of(Path image) {
        return new RunRequest(
                image,
                Optional.empty(),
                MemorySize.DEFAULT,
                1,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of());
    }

    public RunRequest withMachine(Machine newMachine) {
        return new RunRequest(
                image, Optional.of(newMachine), memory, cpus, timeout, gdb, accelerator, arguments);
    }

    public RunRequest withMemory(MemorySize newMemory) {
        return new RunRequest(
                image, machine, newMemory, cpus, timeout, gdb, accelerator, arguments);
    }

    public RunRequest withCpus(int newCpus) {
        return new RunRequest(
                image, machine, memory, newCpus, timeout, gdb, accelerator, arguments);
    }

    public RunRequest withTimeout(Duration newTimeout) {
        return new RunRequest(
                image, machine, memory, cpus, Optional.of(newTimeout), gdb, accelerator, arguments);
    }

    public RunRequest withGdb(int port) {
        return new RunRequest(
                image,
                machine,
                memory,
                cpus,
                timeout,
                OptionalInt.of(port),
                accelerator,
                arguments);
    }

    public RunRequest withAccelerator(Accelerator newAccelerator) {
        return new RunRequest(
                image, machine, memory, cpus, timeout, gdb, Optional.of(newAccelerator), arguments);
    }

    public RunRequest withArguments(List<String> newArguments) {
        return new RunRequest(
                image, machine, memory, cpus, timeout, gdb, accelerator, newArguments);
    }
}
