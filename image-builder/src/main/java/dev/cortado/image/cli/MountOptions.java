package dev.cortado.image.cli;

import dev.cortado.image.disk.BuiltMounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options about the disks that an image is for. */
final class MountOptions {
    @Option(
            names = "--mount",
            paramLabel = "PATH=DEVICE:TYPE",
            description =
                    "What the guest mounts where at every start, such as"
                            + " /data=vda:ext4,format-if-blank, unless its command line says"
                            + " otherwise; see cortado run --help. May be given several times.")
    private List<String> mounts = new ArrayList<>();

    @Option(
            names = "--with-disks",
            description =
                    "Put disks and file systems into the image, so that its command line can mount"
                            + " some: ext4, iso9660, vfat and tmpfs. Without it, an image with mounts"
                            + " has ext4, tmpfs and what those are of. What a resource etc/fstab of the"
                            + " program names is mounted at every start.")
    private boolean withDisks;

    Map<String, String> addTo(Map<String, String> defines) {
        return BuiltMounts.addTo(defines, mounts, withDisks);
    }
}
