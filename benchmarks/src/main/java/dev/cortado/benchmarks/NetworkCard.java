package dev.cortado.benchmarks;

import dev.cortado.image.qemu.MmioSlot;
import dev.cortado.system.TapNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * A card by which a guest is at the tap of the tests.
 *
 * @param name in names of figures
 * @param model QEMU's, with its place
 * @param options of the machine that it is in
 * @param kernelWord what our kernel has to be told to find it, if anything
 */
record NetworkCard(String name, String model, List<String> options, String kernelWord) {
    static final String HARDWARE_ADDRESS = "52:54:00:00:77:02";

    private static final MmioSlot SLOT = new MmioSlot(0);

    /** In one of microvm's places for devices, with the registers of virtio 1. */
    static final NetworkCard MICROVM =
            new NetworkCard(
                    "microvm",
                    "virtio-net-device,bus=" + SLOT.bus(),
                    List.of("-machine", "ioapic2=off", "-global", "virtio-mmio.force-legacy=false"),
                    SLOT.kernelWord());

    static final NetworkCard VIRTIO = pci("virtio", "virtio-net-pci");
    static final NetworkCard VMXNET3 = pci("vmxnet3", "vmxnet3");
    static final NetworkCard E1000E = pci("e1000e", "e1000e");

    /** Without the firmware that boots by it. */
    private static NetworkCard pci(String name, String model) {
        return new NetworkCard(name, model + ",romfile=", List.of(), "");
    }

    /** For QEMU's command line. */
    List<String> command() {
        List<String> command = new ArrayList<>(TapNetwork.netdev());
        command.addAll(options);
        command.addAll(List.of("-device", model + ",netdev=net,mac=" + HARDWARE_ADDRESS));
        return command;
    }

    /** What our kernel is told of it: Linux is told by ACPI. The program's arguments follow. */
    String kernelWords(String... arguments) {
        List<String> words = new ArrayList<>(List.of(TapNetwork.WORD, "--"));
        if (!kernelWord.isEmpty()) {
            words.add(kernelWord);
        }
        words.addAll(List.of(arguments));
        return String.join(" ", words);
    }
}
