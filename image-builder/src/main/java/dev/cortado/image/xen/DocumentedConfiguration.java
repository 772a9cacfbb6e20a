package dev.cortado.image.xen;

import dev.cortado.boot.disk.DiskLayout;
import dev.cortado.boot.layout.Target;
import java.nio.file.Path;

/**
 * A configuration for people to start from, with what they may want to change in comments.
 *
 * @param name the domain's
 * @param image the image's file, absolute: xl's daemon, which restarts domains, works in {@code /}
 * @param memory in MiB
 * @param imageEnd how much of it the image takes, in MiB
 */
record DocumentedConfiguration(String name, Target target, Path image, long memory, long imageEnd) {

    private static final String MOVED =
            "# Its whole path: a domain is restarted from another directory.\n";

    String render() {
        return """
        # In this directory:  %s

        name = %s
        %s
        # MiB; the image itself takes %d.
        memory = %d
        vcpus = 1

        on_poweroff = "destroy"
        on_reboot = "restart"
        on_crash = "destroy"

        %s
        # A network interface, on a bridge of dom0's. It asks for an address by DHCP, unless it is
        # given one here: ip=192.168.1.7/24
        #vif = [ "%s" ]
        """
                .formatted(
                        start(),
                        XlText.quote(name),
                        machine(),
                        imageEnd,
                        memory,
                        commandLine(),
                        networkInterface());
    }

    /** An HVM domain's first console is its serial port, where the program does not write to. */
    private String start() {
        String file = name + ".cfg";
        return target == Target.XEN_HVM
                ? "xl create " + file + " && xl console -t pv " + name
                : "xl create -c " + file;
    }

    /** An HVM domain would get an emulated card beside it, which nobody drives. */
    private String networkInterface() {
        return "bridge=xenbr0" + (target == Target.XEN_HVM ? ",type=vif" : "");
    }

    private String machine() {
        return switch (target) {
            case XEN_PVH -> "type = \"pvh\"\n" + kernel();
            case XEN_PV -> "type = \"pv\"\n" + kernel();
            case XEN_HVM -> hvm();
            case QEMU, BZIMAGE, BARE, VMWARE, HYPERV ->
                    throw new IllegalStateException("no domain: " + target);
        };
    }

    private String kernel() {
        return MOVED + "kernel = " + XlText.quote(image.toString()) + "\n";
    }

    private String hvm() {
        return """
        type = "hvm"
        %sdisk = [ %s ]
        # The BIOS reads such a disk much faster than one of type "ide".
        hdtype = "ahci"
        # What boot sector and loader have to say:  xl console -t serial %s
        serial = "pty"
        vga = "none"
        vnc = 0
        """
                .formatted(
                        MOVED,
                        XlText.quote("format=raw, vdev=hda, access=rw, target=" + image),
                        name);
    }

    private String commandLine() {
        if (target == Target.XEN_HVM) {
            return """
            # Arguments of the program, which are on its disk; words like -Dkey=value become
            # system properties:
            # printf 'argument -Dkey=value\\0' | dd of=%s bs=%d seek=%d conv=notrunc
            """
                    .formatted(
                            image.getFileName(),
                            DiskLayout.SECTOR_SIZE,
                            DiskLayout.COMMAND_LINE_SECTOR);
        }
        return """
        # Arguments of the program; words like -Dkey=value become system properties.
        #cmdline = "argument -Dkey=value"
        """;
    }
}
