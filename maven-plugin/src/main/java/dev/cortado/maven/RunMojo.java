package dev.cortado.maven;

import dev.cortado.image.build.Artifact;
import dev.cortado.image.run.HypervisorName;
import dev.cortado.image.run.RunRequest;
import java.time.Duration;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Compiles the project, builds its image if something has changed, and boots it in QEMU, on the Xen
 * host that this machine is, or by libvirt, with its console on the terminal. Fails if the
 * program's exit code is not 0.
 */
@Mojo(name = "run", requiresDependencyResolution = ResolutionScope.RUNTIME)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public final class RunMojo extends AbstractGuestMojo {
    /**
     * What runs it: {@code qemu}, or {@code xen} on a Xen host, as root, or {@code libvirt}, by its
     * QEMU.
     */
    @Parameter(property = "cortado.on", defaultValue = "qemu")
    private String on;

    /** Which libvirt, as virsh is told; by default virsh chooses. */
    @Parameter(property = "cortado.connect")
    private String connect;

    /** Ends the guest after this many seconds; 0 lets it run as long as it likes. */
    @Parameter(property = "cortado.timeout", defaultValue = "0")
    private long timeout;

    /** Waits for gdb before the guest's first instruction, and says what to type. */
    @Parameter(property = "cortado.gdb", defaultValue = "false")
    private boolean gdb;

    /** Where to wait for gdb. */
    @Parameter(property = "cortado.gdb.port", defaultValue = "1234")
    private int gdbPort;

    /** Ctrl-T opens the guest's monitor, and Ctrl-\ dumps its threads. */
    @Parameter(property = "cortado.monitor", defaultValue = "false")
    private boolean monitor;

    @Override
    void perform() throws MojoFailureException {
        if (!isProgram()) {
            return;
        }
        HypervisorName hypervisor = HypervisorName.parse(on);
        Artifact artifact = artifacts(Optional.of(hypervisor)).getFirst();
        build();
        RunRequest.Builder request = request(existingImage(artifact)).monitor(monitor);
        if (connect != null) {
            request.connection(connect);
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
}
