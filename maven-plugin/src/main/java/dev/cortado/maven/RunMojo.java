package dev.cortado.maven;

import dev.cortado.image.UserError;
import dev.cortado.image.run.HypervisorName;
import dev.cortado.image.run.MachineType;
import dev.cortado.image.run.MemorySize;
import dev.cortado.image.run.RunRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Boots the project's image in QEMU, or on the Xen host that this machine is, with its console on
 * the terminal. Fails if the program's exit code is not 0.
 */
@Mojo(name = "run")
public final class RunMojo extends AbstractImageMojo {
    /** What runs it: {@code qemu}, or {@code xen} on a Xen host, as root. */
    @Parameter(property = "cortado.on", defaultValue = "qemu")
    private String on;

    /** The guest's memory, such as {@code 64M} or {@code 1G}. */
    @Parameter(property = "cortado.memory", defaultValue = "128M")
    private String memory;

    /** The machine that QEMU is to be: {@code microvm} (the default), {@code q35} or {@code pc}. */
    @Parameter(property = "cortado.machine")
    private String machine = "";

    /** How many processors the guest has. */
    @Parameter(property = "cortado.cpus", defaultValue = "1")
    private int cpus;

    /** Ends the guest after this many seconds; 0 lets it run as long as it likes. */
    @Parameter(property = "cortado.timeout", defaultValue = "0")
    private long timeout;

    /** Waits for gdb before the guest's first instruction, and says what to type. */
    @Parameter(property = "cortado.gdb", defaultValue = "false")
    private boolean gdb;

    /** Where to wait for gdb. */
    @Parameter(property = "cortado.gdb.port", defaultValue = "1234")
    private int gdbPort;

    /** The program's arguments; words such as {@code -Da=b} become system properties. */
    @Parameter(property = "cortado.arguments")
    private List<String> arguments;

    @Override
    void perform() throws MojoFailureException {
        HypervisorName hypervisor = HypervisorName.parse(on);
        RunRequest.Builder request =
                RunRequest.of(existingImage(artifacts(Optional.of(hypervisor)).getFirst()))
                        .memory(MemorySize.parse(memory))
                        .cpus(cpus)
                        .arguments(arguments == null ? List.of() : arguments);
        if (!machine.isBlank()) {
            request.machine(machine());
        }
        if (gdb) {
            request.gdb(gdbPort);
        }
        if (timeout > 0) {
            request.timeout(Duration.ofSeconds(timeout));
        }
        int exitCode = hypervisor.create().run(request.build());
        if (exitCode != 0) {
            throw new MojoFailureException("the guest's exit code is " + exitCode);
        }
    }

    private MachineType machine() {
        try {
            return MachineType.valueOf(machine.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UserError("machine is '" + machine + "': set it to microvm, q35 or pc");
        }
    }
}
