package dev.cortado.system.xen.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What Debian's packages give: Xen, a Linux kernel for dom0 and domUs, Xen's tools, and the device
 * model of an HVM domain.
 */
final class Parts {
    private static final String HYPERVISOR = "xen-hypervisor-";

    final Path xen;
    final Path kernel;

    /** Unpacked: what dom0 is made of, and (apart, since it is much) an HVM domain's machine. */
    final Path tools;

    final Path deviceModel;
    final String version;
    final KernelModules modules;

    private Parts(Path directory, Path outputs, String version, String kernelVersion)
            throws IOException {
        this.version = version;
        tools = directory.resolve("tools");
        deviceModel = directory.resolve("device-model");
        xen = outputs.resolve("xen");
        kernel = outputs.resolve("vmlinux");
        modules = new KernelModules(tools.resolve("lib/modules").resolve(kernelVersion));
    }

    /** Fetches and unpacks it all; what a machine is booted with goes to {@code outputs}. */
    static Parts fetch(Path directory, Path outputs) throws IOException {
        String hypervisor = DebianPackages.dependency("xen-system-amd64", HYPERVISOR);
        String version =
                hypervisor.substring(HYPERVISOR.length(), hypervisor.length() - "-amd64".length());
        String linux = DebianPackages.dependency("linux-image-amd64", "linux-image-");
        List<String> names =
                new ArrayList<>(
                        List.of(
                                hypervisor,
                                linux,
                                "xen-utils-common",
                                "xenstore-utils",
                                "busybox-static",
                                "xz-utils",
                                "libgcc-s1"));
        names.addAll(DebianPackages.withLibraries("xen-utils-" + version));
        names.addAll(DebianPackages.withLibraries("xenstore-utils"));
        DebianPackages packages = new DebianPackages(directory.resolve("archives"));
        packages.unpack(new TreeSet<>(names), directory.resolve("tools"));
        names.clear();
        names.addAll(DebianPackages.withLibraries("qemu-system-xen"));
        names.addAll(List.of("seabios", "qemu-system-data"));
        packages.unpack(new TreeSet<>(names), directory.resolve("device-model"));

        String kernelVersion = linux.substring("linux-image-".length());
        Parts parts = new Parts(directory, outputs, version, kernelVersion);
        Path boot = parts.tools.resolve("boot");
        Command.filter(boot.resolve("xen-" + version + "-amd64.gz"), parts.xen, "gzip", "-dc");
        LinuxKernel.extract(
                boot.resolve("vmlinuz-" + kernelVersion),
                parts.tools.resolve("usr/bin/xz"),
                parts.kernel);
        return parts;
    }

    /** Where Xen's own programs are, in a Debian. */
    Path xenDirectory() {
        return Path.of("usr/lib/xen-" + version);
    }

    Path busybox() {
        return tools.resolve("bin/busybox");
    }
}
