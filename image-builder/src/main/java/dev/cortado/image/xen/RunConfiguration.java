package dev.cortado.image.xen;

import dev.cortado.boot.layout.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration of a domain that somebody waits for. It stays when it has shut down: its exit
 * code is read then, and its end is up to whoever waits.
 *
 * @param name the domain's
 * @param image absolute path of the kernel, or of the disk
 * @param memory in MiB
 * @param disks specifications of disks, for those of its own that an HVM domain has besides
 * @param commandLine for the kernel; a disk has its own
 */
public record RunConfiguration(
        String name,
        Target target,
        Path image,
        long memory,
        int cpus,
        List<String> disks,
        String commandLine) {

    /** The configuration's text. */
    public String render() {
        StringBuilder text = new StringBuilder();
        List<String> allDisks = new ArrayList<>();
        set(text, "name", XlText.quote(name));
        if (target == Target.XEN_HVM) {
            set(text, "type", "\"hvm\"");
            String disk = "format=raw, vdev=hda, access=rw, target=" + image;
            allDisks.add(disk);
            set(text, "hdtype", "\"ahci\"");
            set(text, "vga", "\"none\"");
            set(text, "vnc", "0");
        } else {
            set(text, "type", target == Target.XEN_PV ? "\"pv\"" : "\"pvh\"");
            set(text, "kernel", XlText.quote(image.toString()));
            set(text, "cmdline", XlText.quote(commandLine));
        }
        allDisks.addAll(disks);
        if (!allDisks.isEmpty()) {
            set(
                    text,
                    "disk",
                    allDisks.stream()
                            .map(XlText::quote)
                            .collect(Collectors.joining(", ", "[ ", " ]")));
        }
        set(text, "memory", Long.toString(memory));
        set(text, "vcpus", Integer.toString(cpus));
        for (String event : new String[] {"poweroff", "reboot", "crash", "watchdog"}) {
            set(text, "on_" + event, "\"preserve\"");
        }
        return text.toString();
    }

    private static void set(StringBuilder text, String key, String value) {
        text.append(key).append(" = ").append(value).append('\n');
    }
}
