package dev.cortado.image.share;

import dev.cortado.image.UserError;
import dev.cortado.image.qemu.MmioSlot;
import dev.cortado.image.qemu.OptionValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest's folders in QEMU's words (qemu-options: {@code -fsdev}). The security model is {@code
 * none}: files that the guest makes are those of who runs QEMU, with the permissions and links that
 * the guest gives them, so that other programs of the host see what the guest sees. Owners cannot
 * be changed then, which QEMU does not tell the guest.
 */
public final class QemuShares {
    private static final String MEMORY = "memory";

    private QemuShares() {}

    /** Behind the machine's name: its memory is one that others may have as well. */
    public static String machine(ShareRequest request) {
        return request.hasServers() ? ",memory-backend=" + MEMORY : "";
    }

    /**
     * Their options.
     *
     * @param memory the machine's, in QEMU's words
     * @param directory where the servers listen
     * @param isMmio whether the machine has no PCI
     * @param firstSlot of those places that are not taken, if it has none
     * @throws UserError if there are more folders than places
     */
    public static List<String> options(
            ShareRequest request, String memory, Path directory, boolean isMmio, int firstSlot) {
        List<SharedFolder> folders = request.folders();
        List<String> options = new ArrayList<>();
        if (isMmio && !folders.isEmpty()) {
            int places = MmioSlot.COUNT - firstSlot;
            if (folders.size() > places) {
                throw new UserError(
                        "--share: this machine has room for %d folders, not %d; take --machine q35"
                                .formatted(places, folders.size()));
            }
            options.addAll(List.of("-global", "virtio-mmio.force-legacy=false"));
        }
        if (request.hasServers()) {
            String object = "memory-backend-memfd,id=%s,share=on,size=%s".formatted(MEMORY, memory);
            options.addAll(List.of("-object", object));
        }
        for (int i = 0; i < folders.size(); i++) {
            SharedFolder folder = folders.get(i);
            String tag = ShareRequest.tag(i);
            String place = isMmio ? "device,bus=" + new MmioSlot(firstSlot + i).bus() : "pci";
            if (folder.kind() == ShareKind.VIRTIOFS) {
                String socket = OptionValue.of(Virtiofsd.socket(directory, i));
                String device = "vhost-user-fs-%s,chardev=%s,tag=%s".formatted(place, tag, tag);
                options.addAll(List.of("-chardev", "socket,id=" + tag + ",path=" + socket));
                options.addAll(List.of("-device", device));
            } else {
                String device = "virtio-9p-%s,fsdev=%s,mount_tag=%s".formatted(place, tag, tag);
                options.addAll(List.of("-fsdev", fsdev(folder, tag), "-device", device));
            }
        }
        return options;
    }

    /** Numbers of files are made so that no two are alike, also with mounts in the folder. */
    private static String fsdev(SharedFolder folder, String tag) {
        return "local,id=%s,security_model=none,multidevs=remap%s,path=%s"
                .formatted(
                        tag,
                        folder.readOnly() ? ",readonly=on" : "",
                        OptionValue.of(folder.folder()));
    }

    /** Where the guest finds them, if there is nothing else that tells it. */
    public static List<String> kernelWords(ShareRequest request, boolean isMmio, int firstSlot) {
        List<String> words = new ArrayList<>();
        for (int i = 0; isMmio && i < request.folders().size(); i++) {
            words.add(new MmioSlot(firstSlot + i).kernelWord());
        }
        return words;
    }
}
