package dev.cortado.system.xen.lab;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What xl is told about a domU that is to run an image; "xl.cfg" in Xen's manual. */
public final class DomainConfiguration {
    private final Path image;
    private final DomainType type;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private String name;
    private Path ramdisk;
    private String arguments = "";

    /** One CPU, 128 MB, and gone after its end, however that comes. */
    public DomainConfiguration(DomainType type, Path image) {
        this.type = type;
        this.image = image;
        name = "guest";
        memory(128).cpus(1);
        set("on_poweroff", "'destroy'").set("on_reboot", "'destroy'").set("on_crash", "'destroy'");
        if (LabMachine.ACCELERATOR.equals("tcg")) {
            // Otherwise Xen emulates RDTSCP, for which QEMU's SVM gives a wrong exit code.
            set("tsc_mode", "'native'");
            // Otherwise a domain finds now and then that XCR0 is not what it has written, and
            // XSAVE and XRSTOR disagree.
            set("cpuid", "'host,xsave=0'");
        }
    }

    public DomainConfiguration named(String newName) {
        name = newName;
        return this;
    }

    public DomainConfiguration memory(int megabytes) {
        return set("memory", Integer.toString(megabytes));
    }

    public DomainConfiguration cpus(int count) {
        return set("vcpus", Integer.toString(count));
    }

    /** The kernel's command line: Cortado makes a program's arguments of it. */
    public DomainConfiguration arguments(String line) {
        arguments = line;
        return this;
    }

    public DomainConfiguration ramdisk(Path file) {
        ramdisk = file;
        return this;
    }

    /** Any line of the configuration, in place of an earlier one: {@code set("vcpus", "2")}. */
    public DomainConfiguration set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    String name() {
        return name;
    }

    Path image() {
        return image;
    }

    Path ramdisk() {
        return ramdisk;
    }

    /** What is to be written onto a Cortado image's disk, where xl gives a BIOS no command line. */
    String argumentsOnDisk() {
        return type == DomainType.HVM ? arguments : "";
    }

    /** Whether its image is a disk, of which it has a copy of its own. */
    boolean isDisk() {
        return type == DomainType.HVM;
    }

    /**
     * The configuration's text.
     *
     * @param directory where dom0 sees the files
     * @param kernel where it sees the image, unless that is a disk
     */
    String text(String directory, String kernel) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("name", "'" + name + "'");
        lines.put("type", "'" + type + "'");
        if (type == DomainType.HVM) {
            String target = directory + "/" + image.getFileName();
            // A BIOS reads IDE disks word by word, which takes minutes in an emulated Xen.
            lines.put("hdtype", "'ahci'");
            lines.put("disk", "['format=raw,vdev=hda,access=rw,target=" + target + "']");
            lines.put("serial", "'pty'");
            lines.put("vga", "'none'");
            lines.put("vnc", "0");
        } else {
            lines.put("kernel", "'" + kernel + "'");
            lines.put("cmdline", "'" + arguments + "'");
        }
        if (ramdisk != null) {
            lines.put("ramdisk", "'" + directory + "/" + ramdisk.getFileName() + "'");
        }
        lines.putAll(settings);
        StringBuilder text = new StringBuilder();
        lines.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }
}
