package dev.cortado.image.run;

import dev.cortado.image.UserError;
import dev.cortado.image.xen.ConfigurationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The domain that creates others: whether this machine is it, and what is missing where it is not.
 *
 * @param path directories to search for programs, as in the environment variable PATH
 * @param system the root of the file system
 * @param isRoot whether this process is root's
 */
record Dom0(String path, Path system, boolean isRoot) {
    private static final String HYPERVISOR_TYPE = "sys/hypervisor/type";
    private static final String CAPABILITIES = "proc/xen/capabilities";

    /** What dom0 has among its capabilities. */
    private static final String CONTROL = "control_d";

    /** This machine. */
    static Dom0 current(String path) {
        boolean isRoot;
        try {
            Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            isRoot = user.equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            // Then xl itself will say what it must not do.
            isRoot = true;
        }
        return new Dom0(path, Path.of("/"), isRoot);
    }

    /**
     * Finds the toolstack.
     *
     * @param image for a hint what to do with it elsewhere
     * @throws UserError if something is missing: what, and what to do
     */
    Xl require(Path image) throws IOException, InterruptedException {
        String elsewhere =
                "; or copy %s and %s to a Xen host and start it there with xl create"
                        .formatted(
                                image.getFileName(), ConfigurationFile.beside(image).getFileName());
        String type = read(HYPERVISOR_TYPE);
        Path xl = Programs.find(path, "xl").orElse(null);
        if (!type.equals("xen")) {
            throw new UserError(
                    "this machine does not run on Xen"
                            + (xl == null ? ", and xl is not on PATH" : "")
                            + ": install Xen and boot it (Debian: apt install"
                            + " xen-system-amd64)"
                            + elsewhere);
        }
        String capabilities = read(CAPABILITIES);
        if (!capabilities.isEmpty() && !capabilities.contains(CONTROL)) {
            throw new UserError(
                    "this machine is a domU of Xen's, and only dom0 creates domains: run it there"
                            + elsewhere);
        }
        if (xl == null) {
            throw new UserError(
                    "xl is not on PATH: install Xen's toolstack (Debian: apt install xen-utils)"
                            + elsewhere);
        }
        Path xenstoreRead =
                Programs.find(path, "xenstore-read")
                        .orElseThrow(() ->
                                new UserError(
                                        "xenstore-read is not on PATH: install it (Debian: apt"
                                                + " install xenstore-utils)"));
        if (!isRoot) {
            throw new UserError("xl creates domains for root only: run this with sudo");
        }
        Xl tools = new Xl(xl, xenstoreRead);
        ProgramResult list = tools.run("list");
        if (!list.succeeded()) {
            throw new UserError(
                    "Xen's toolstack does not work: xl list says \"%s\"; is xenstored running"
                                    .formatted(list.line())
                            + " (systemctl start xen-init-dom0 xenstored xenconsoled, or"
                            + " /etc/init.d/xen start)?");
        }
        return tools;
    }

    private String read(String file) {
        try {
            return Files.readString(system.resolve(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
