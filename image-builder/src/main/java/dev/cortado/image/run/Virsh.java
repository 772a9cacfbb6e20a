package dev.cortado.image.run;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * libvirt, by its program.
 *
 * @param program virsh
 * @param connection which libvirt it asks, as a URI; none for its own choice
 */
record Virsh(Path program, Optional<String> connection) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** QEMU's driver, whose daemon is reached without another machine's name. */
    private static final Pattern LOCAL_QEMU = Pattern.compile("qemu(\\+\\w+)?:///.*");

    /**
     * Finds it, and sees that it has QEMUs here.
     *
     * @param path directories to search, as in the environment variable PATH
     * @throws UserError if something is missing: what, and what to do
     */
    static Virsh require(String path, Optional<String> connection)
            throws IOException, InterruptedException {
        Path program =
                Programs.find(path, "virsh")
                        .orElseThrow(() ->
                                new UserError(
                                        "virsh is not on PATH: install libvirt (Debian, Ubuntu: apt"
                                                + " install libvirt-clients libvirt-daemon-system;"
                                                + " Fedora: dnf install libvirt)"));
        Virsh virsh = new Virsh(program, connection);
        ProgramResult uri = virsh.run("uri");
        if (!uri.succeeded()) {
            throw new UserError(
                    "libvirt does not answer (%s): start it (systemctl start libvirtd, or"
                                    .formatted(uri.line())
                            + " virtqemud), or name another one with --connect");
        }
        if (!LOCAL_QEMU.matcher(uri.output()).matches()) {
            throw new UserError(
                    "libvirt at %s has no QEMU of this machine's: name one that has, such as"
                                    .formatted(uri.line())
                            + " --connect qemu:///system");
        }
        return virsh;
    }

    /** {@code virsh ARGUMENTS}, to its end. */
    ProgramResult run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--quiet"));
        connection.ifPresent(uri -> command.addAll(List.of("--connect", uri)));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // What it says is read here.
        builder.environment().put("LC_ALL", "C");
        return ProgramResult.of(builder, PATIENCE, "look after libvirtd");
    }
}
