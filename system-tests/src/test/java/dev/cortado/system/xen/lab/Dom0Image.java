package dev.cortado.system.xen.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the file systems in memory: that of dom0, and that of a domU with Linux. */
final class Dom0Image {
    private static final List<String> DIRECTORIES =
            List.of(
                    "bin dev proc sys tmp run lib lib64 modules etc etc/xen etc/xen/scripts host"
                            + " lab",
                    "usr usr/bin usr/lib usr/lib/xen usr/lib/xen/boot var var/log var/lib",
                    "var/lib/xen var/lib/xenstored usr/share usr/share/seabios usr/libexec");
    private static final List<String> XEN_PROGRAMS =
            List.of(
                    "xl",
                    "xenstored",
                    "xenconsoled",
                    "xen-init-dom0",
                    "libxl-save-helper",
                    "vchan-socket-proxy");
    private static final List<String> BOOT_PROGRAMS = List.of("hvmloader", "xen-shim");
    private static final List<String> XENSTORE_COMMANDS =
            List.of("chmod", "exists", "list", "ls", "read", "rm", "watch", "write");

    /** The interpreter that every program names; the C library needs it too. */
    private static final String LOADER = "ld-linux-x86-64.so.2";

    /** 9p shows dom0 the files of this machine. */
    private static final List<String> DOM0_MODULES =
            List.of(
                    "xen_evtchn",
                    "xen_privcmd",
                    "xen_gntdev",
                    "xen_gntalloc",
                    "xenfs",
                    "xen_netback",
                    "xen_blkback",
                    "bridge",
                    "loop",
                    "virtio_pci",
                    "virtio_blk",
                    "virtio_net",
                    "9pnet_virtio",
                    "9p");

    private static final List<String> DOMU_MODULES = List.of("xen_blkfront", "xen_netfront");

    private final Parts parts;

    Dom0Image(Parts parts) {
        this.parts = parts;
    }

    /** A text that is another one when other files are to be in the archives. */
    static String contents() {
        return List.of(
                        DIRECTORIES,
                        XEN_PROGRAMS,
                        BOOT_PROGRAMS,
                        XENSTORE_COMMANDS,
                        DOM0_MODULES,
                        DOMU_MODULES)
                .toString();
    }

    void writeDom0(Path file) throws IOException {
        Path xen = parts.tools.resolve(parts.xenDirectory());
        List<Path> programs = new ArrayList<>();
        try (CpioArchive archive = new CpioArchive(file)) {
            for (String names : DIRECTORIES) {
                for (String name : names.split(" ")) {
                    archive.directory(name);
                }
            }
            archive.link("var/run", "/run");
            archive.link("var/lock", "/run/lock");
            // The host reads the logs while they grow.
            archive.link("var/log/xen", "/host/log");
            archive.link(parts.xenDirectory().toString(), "xen");
            archive.link("lib64/" + LOADER, "/lib/" + LOADER);
            archive.directory("usr/lib/xen/bin");
            for (String name : XEN_PROGRAMS) {
                programs.add(xen.resolve("bin").resolve(name));
                add(archive, "usr/lib/xen/bin/" + name, programs.getLast());
            }
            programs.add(xen.resolve("bin/xenconsole"));
            add(archive, "usr/lib/xen/bin/xenconsole-program", programs.getLast());
            resource(archive, "usr/lib/xen/bin/xenconsole", "xenconsole");
            for (String name : BOOT_PROGRAMS) {
                add(archive, "usr/lib/xen/boot/" + name, xen.resolve("boot").resolve(name));
            }
            for (String name : XENSTORE_COMMANDS) {
                programs.add(parts.tools.resolve("usr/bin/xenstore-" + name));
                add(archive, "usr/bin/xenstore-" + name, programs.getLast());
            }
            libraries(archive, "lib/", new SharedLibraries(parts.tools).neededBy(programs));
            add(archive, "bin/busybox", parts.busybox());
            modules(archive, DOM0_MODULES);
            resource(archive, "init", "dom0-init");
            resource(archive, "bin/serve", "serve");
            resource(archive, "usr/libexec/xen-qemu-system-i386", "device-model");
            add(archive, "usr/share/seabios/bios-256k.bin", firmware("seabios/bios-256k.bin"));
            for (String name : List.of("vif-bridge", "block")) {
                resource(archive, "etc/xen/scripts/" + name, "hotplug");
            }
            archive.executable("etc/xen/xl.conf", "autoballoon=\"off\"\n".getBytes());
        }
    }

    /** QEMU and SeaBIOS, which dom0 unpacks when it is to start an HVM domain. */
    void writeDeviceModel(Path file) throws IOException {
        Path root = parts.deviceModel;
        Path qemu = root.resolve("usr/libexec/xen-qemu-system-i386");
        Map<String, Path> libraries =
                new SharedLibraries(parts.tools, root).neededBy(List.of(qemu));
        try (CpioArchive archive = new CpioArchive(file)) {
            for (String name :
                    List.of("device-model", "device-model/lib", "device-model/keymaps")) {
                archive.directory(name);
            }
            add(archive, "device-model/qemu", qemu);
            libraries(archive, "device-model/lib/", libraries);
            for (String name : List.of("kvmvapic.bin", "linuxboot_dma.bin", "keymaps/en-us")) {
                add(archive, "device-model/" + name, firmware("qemu/" + name));
            }
        }
    }

    /** A Linux domU that is a shell on its console. */
    void writeDomU(Path file) throws IOException {
        try (CpioArchive archive = new CpioArchive(file)) {
            for (String name : List.of("bin", "dev", "proc", "sys", "modules")) {
                archive.directory(name);
            }
            add(archive, "bin/busybox", parts.busybox());
            modules(archive, DOMU_MODULES);
            resource(archive, "init", "domu-init");
        }
    }

    private Path firmware(String name) {
        return parts.deviceModel.resolve("usr/share").resolve(name);
    }

    private void modules(CpioArchive archive, List<String> names) throws IOException {
        Map<String, Path> modules = parts.modules.inOrder(names);
        for (Map.Entry<String, Path> module : modules.entrySet()) {
            add(archive, "modules/" + module.getKey(), module.getValue());
        }
        String order = String.join("\n", modules.keySet()) + "\n";
        archive.executable("modules/order", order.getBytes(StandardCharsets.US_ASCII));
    }

    private static void libraries(
            CpioArchive archive, String directory, Map<String, Path> libraries) throws IOException {
        for (Map.Entry<String, Path> library : libraries.entrySet()) {
            add(archive, directory + library.getKey(), library.getValue());
        }
    }

    private static void add(CpioArchive archive, String name, Path file) throws IOException {
        archive.executable(name, Files.readAllBytes(file));
    }

    private static void resource(CpioArchive archive, String name, String resource)
            throws IOException {
        try (InputStream contents = Dom0Image.class.getResourceAsStream(resource)) {
            archive.executable(name, contents.readAllBytes());
        }
    }
}
