package dev.cortado.image.share;

import dev.cortado.image.UserError;
import dev.cortado.image.qemu.MmioSlot;
import dev.cortado.image.qemu.OptionValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest's folders in QEMU's words (qemu-options: {@code -fsdev}). The security model is {@code
 * none}: files that the guest makes are those of who runs QEMU, with the permissions and links that
 * the guest gives them, so that other programs of the host see what the guest sees. Owners cannot
 * be changed then, which QEMU does not tell the guest.
 */
public final class QemuShares {
    private QemuShares() {}

    /**
     * Their options.
     *
     * @param isMmio whether the machine has no PCI
     * @param firstSlot of those places that are not taken, if it has none
     * @throws UserError if there are more folders than places
     */
    public static List<String> options(ShareRequest request, boolean isMmio, int firstSlot) {
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
        for (int i = 0; i < folders.size(); i++) {
            SharedFolder folder = folders.get(i);
            String tag = ShareRequest.tag(i);
            options.addAll(List.of("-fsdev", fsdev(folder, tag)));
            String device =
                    isMmio
                            ? "virtio-9p-device,bus=" + new MmioSlot(firstSlot + i).bus()
                            : "virtio-9p-pci";
            options.addAll(List.of("-device", device + ",fsdev=" + tag + ",mount_tag=" + tag));
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
