package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.image.qemu.MmioSlot;
import dev.cortado.image.qemu.OptionValue;
import java.util.ArrayList;
import java.util.List;

/** A guest's disks in QEMU's words (qemu-options: {@code -drive}, {@code -device}). */
public final class QemuDisks {
    private QemuDisks() {}

    /**
     * Their options.
     *
     * @param isMmio whether the machine has no PCI
     * @param firstSlot of those places that are not taken, if it has none
     * @throws UserError if there are more disks than places
     */
    public static List<String> options(DiskRequest request, boolean isMmio, int firstSlot) {
        List<DiskFile> disks = request.disks();
        List<String> options = new ArrayList<>();
        if (isMmio && !disks.isEmpty()) {
            int places = MmioSlot.COUNT - firstSlot;
            if (disks.size() > places) {
                throw new UserError(
                        "--disk: this machine has room for %d disks, not %d; take --machine q35"
                                .formatted(places, disks.size()));
            }
            options.addAll(List.of("-global", "virtio-mmio.force-legacy=false"));
        }
        for (int i = 0; i < disks.size(); i++) {
            DiskFile disk = disks.get(i);
            String id = "disk" + i;
            options.addAll(List.of("-drive", drive(disk, id)));
            String device =
                    isMmio
                            ? "virtio-blk-device,bus=" + new MmioSlot(firstSlot + i).bus()
                            : "virtio-blk-pci";
            String serial = disk.serialNumber().map(number -> ",serial=" + number).orElse("");
            options.addAll(List.of("-device", device + ",drive=" + id + serial));
        }
        return options;
    }

    private static String drive(DiskFile disk, String id) {
        return "if=none,id=%s,format=%s,discard=unmap%s,file=%s"
                .formatted(
                        id,
                        disk.format().word(),
                        disk.readOnly() ? ",readonly=on" : "",
                        // Before a colon there is a protocol, unless a slash comes first.
                        OptionValue.of(disk.file().toAbsolutePath()));
    }

    /** Where the guest finds them, if there is nothing else that tells it. */
    public static List<String> kernelWords(DiskRequest request, boolean isMmio, int firstSlot) {
        List<String> words = new ArrayList<>();
        for (int i = 0; isMmio && i < request.disks().size(); i++) {
            words.add(new MmioSlot(firstSlot + i).kernelWord());
        }
        return words;
    }
}
