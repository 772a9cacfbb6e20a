package dev.cortado.image.cli;

import dev.cortado.image.disk.DiskRequest;
import dev.cortado.image.share.ShareRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about a guest's disks, and folders of the host. */
final class DiskOptions {
    @Option(
            names = "--disk",
            paramLabel = "FILE[:SIZE]",
            description =
                    "A file that is a disk of the guest: the first one is vda (xvda on Xen). With a"
                            + " size, such as new.qcow2:10G, it is made if it is missing. Behind it"
                            + " may be ,readonly and ,serial=NAME. May be given several times.")
    private List<String> disks = new ArrayList<>();

    @Option(
            names = "--mount",
            paramLabel = "PATH=DEVICE:TYPE",
            description =
                    "What the guest mounts where, such as /data=vda:ext4, instead of what its image"
                            + " was built with; none for nothing. The device is a name, or serial=,"
                            + " label=, uuid=, partlabel= or partuuid= and a value. Behind it may be"
                            + " options: ro, noatime, format-if-blank, grow, optional. May be given"
                            + " several times.")
    private List<String> mounts = new ArrayList<>();

    @Option(
            names = "--share",
            paramLabel = "FOLDER[:PATH][,ro][,virtiofs]",
            description =
                    "A folder of this machine that the guest has as well, at that path, or by its"
                            + " name in the root; with ,ro it cannot change it. By 9P, or with"
                            + " ,virtiofs by virtiofsd if that is installed. QEMU only. Comes"
                            + " beside what the image mounts. May be given several times.")
    private List<String> shares = new ArrayList<>();

    ShareRequest shares() {
        return ShareRequest.of(shares);
    }

    DiskRequest request() {
        return DiskRequest.of(disks, mounts);
    }
}
