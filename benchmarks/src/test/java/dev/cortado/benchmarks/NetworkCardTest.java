package dev.cortado.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.TapNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCardTest {
    @Test
    void onlyAMicrovmsCardHasToBeTold() {
        assertEquals(
                TapNetwork.WORD + " -- virtio_mmio.device=512@0xfeb00000:16 8080",
                NetworkCard.MICROVM.kernelWords("8080"));
        assertEquals(TapNetwork.WORD + " -- 8080", NetworkCard.E1000E.kernelWords("8080"));
    }

    @Test
    void aPcsCardIsNoDeviceToBootFrom() {
        List<String> command = NetworkCard.VMXNET3.command();
        assertTrue(command.containsAll(TapNetwork.netdev()));
        assertEquals(
                "vmxnet3,romfile=,netdev=net,mac=" + NetworkCard.HARDWARE_ADDRESS,
                command.getLast());
    }
}
