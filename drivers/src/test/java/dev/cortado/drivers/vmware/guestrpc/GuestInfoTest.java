package dev.cortado.drivers.vmware.guestrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of a host's model, which was written from the protocol's headers. */
final class GuestInfoTest {
    private final VmwareModel host = new VmwareModel();
    private final GuestInfo info = new GuestInfo(host);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void valuesComeAsTheyAre(boolean highBandwidth) throws IOException {
        host.highBandwidth = highBandwidth;
        for (int length : new int[] {0, 1, 2, 3, 4, 5, 1000, 60_000, 200_000}) {
            String value = "é".repeat(length / 2) + "x".repeat(length % 2);
            host.values.put("guestinfo.value", value);
            assertEquals(Optional.of(value), info.getText("value"), "of " + length);
        }
        assertEquals("info-get guestinfo.value", host.requests.getFirst());
        assertEquals(0, host.openChannels());
    }

    @Test
    void thereMayBeNoSuchValue() throws IOException {
        assertEquals(Optional.empty(), info.getText("nothing"));
        assertEquals(0, host.openChannels());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\0", "\u007f"})
    void namesEndNowhereElse(String name) {
        assertThrows(IllegalArgumentException.class, () -> info.get(name));
        assertThrows(IllegalArgumentException.class, () -> info.get("é".repeat(128)));
        assertEquals(List.of(), host.requests);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void snapshotsBreakMessagesOff(boolean highBandwidth) throws IOException {
        host.highBandwidth = highBandwidth;
        host.values.put("guestinfo.value", "as before");
        host.checkpoints = 3;
        assertEquals(Optional.of("as before"), info.getText("value"));
        host.checkpoints = 1000;
        assertThrows(IOException.class, () -> info.get("value"));
        assertEquals(0, host.openChannels());
    }

    @Test
    void hostsWithoutMessagesAreSaidSo() {
        host.hasMessages = false;
        IOException e = assertThrows(IOException.class, () -> info.get("value"));
        assertEquals("VMware opens no channel for messages", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 1024 * 1024 + 1, Integer.MAX_VALUE})
    void sizesAreBelievedToALimit(int size) {
        host.wrongSize = size;
        IOException e = assertThrows(IOException.class, () -> info.get("value"));
        String text = "VMware has a message of " + Integer.toUnsignedString(size) + " bytes";
        assertEquals(text, e.getMessage());
        assertEquals(0, host.openChannels());
    }

    @Test
    void answersHaveTheirForm() {
        for (String wrong : List.of("", "2 a", "1a", "x", "OK ")) {
            host.otherAnswer = request -> wrong.getBytes(StandardCharsets.UTF_8);
            assertThrows(IOException.class, () -> info.get("value"), wrong);
        }
        host.otherAnswer = request -> null;
        assertThrows(IOException.class, () -> info.get("value"));
        host.wrongType = 3;
        host.otherAnswer = null;
        assertThrows(IOException.class, () -> info.get("value"));
        assertEquals(0, host.openChannels());
    }

    @Test
    void aDigitAloneIsAnAnswer() throws IOException {
        host.otherAnswer = request -> new byte[] {'1'};
        assertEquals(Optional.of(""), info.getText("value"));
        host.otherAnswer = request -> new byte[] {'0'};
        assertEquals(Optional.empty(), info.getText("value"));
    }

    /** After any number of steps, the host says no to all. */
    @Test
    void hostsMayStopAnywhere() throws IOException {
        host.values.put("guestinfo.value", "twelve bytes");
        int failed = 0;
        for (int steps = 0; steps < 30; steps++) {
            host.stepsLeft = steps;
            try {
                assertEquals(Optional.of("twelve bytes"), new GuestInfo(host).getText("value"));
            } catch (IOException e) {
                failed++;
                assertTrue(e.getMessage().startsWith("VMware "), e.getMessage());
            }
            host.closeAll();
        }
        assertTrue(failed > 8 && failed < 25, failed + " failed");
    }

    @Test
    void randomAnswersAreSurvived() {
        Random random = new Random(20);
        int known = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            host.otherAnswer = request -> bytes;
            host.highBandwidth = random.nextBoolean();
            try {
                info.get("value");
                known++;
            } catch (IOException e) {
                // as it should be
            }
        }
        assertTrue(known < 100, known + " of them were answers");
        assertEquals(0, host.openChannels());
    }
}
