package dev.cortado.drivers.xen.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.xen.ring.CorruptRingException;
import dev.cortado.drivers.xen.ring.RingReader;
import dev.cortado.drivers.xen.ring.RingWriter;
import dev.cortado.kernel.memory.HostMemory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes as public/io/xs_wire.h and docs/misc/xenstore-ring.txt lay them out. */
final class WireTest {
    private final StorePage page = new StorePage(new HostMemory(4096), HostMemory.BASE);

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Test
    void typesHaveTheNumbersOfTheHeader() {
        assertEquals(1, MessageType.DIRECTORY.number());
        assertEquals(2, MessageType.READ.number());
        assertEquals(4, MessageType.WATCH.number());
        assertEquals(6, MessageType.TRANSACTION_START.number());
        assertEquals(11, MessageType.WRITE.number());
        assertEquals(14, MessageType.SET_PERMS.number());
        assertEquals(15, MessageType.WATCH_EVENT.number());
        assertEquals(16, MessageType.ERROR.number());
        assertEquals(21, MessageType.RESET_WATCHES.number());
        assertEquals(22, MessageType.DIRECTORY_PART.number());
        assertNull(MessageType.of(23));
        assertNull(MessageType.of(0xffff));
        assertNull(MessageType.of(-1));
    }

    @Test
    void aRequestIsAHeaderAndAPath() {
        byte[] payload = StorePath.payload("domid");
        assertArrayEquals(
                hex("02000000 01000000 f0ffff7f 06000000 646f6d696400"),
                new WireMessage(MessageType.READ, 1, 0x7ffffff0, payload).encode());
    }

    @Test
    void repliesAreReadFromTheSecondRing() throws CorruptRingException {
        byte[] bytes = hex("10000000 07000000 00000000 07000000 454e4f454e5400 0f000000");
        page.memory().copyIn(bytes, 0, page.address() + 1024, bytes.length);
        page.memory().writeIntRelease(page.address() + 2060, bytes.length);
        MessageAssembler replies = new MessageAssembler(new RingReader(page.replies()));
        WireMessage message = replies.next();
        assertEquals(MessageType.ERROR, message.type());
        assertEquals(7, message.requestId());
        assertEquals("ENOENT\0", new String(message.payload(), StandardCharsets.US_ASCII));
        assertNull(replies.next(), "only a part of the next one is there");
        assertEquals(bytes.length, page.memory().readIntAcquire(page.address() + 2056));
    }

    @Test
    void requestsAreWrittenIntoTheFirstRing() throws CorruptRingException {
        new RingWriter(page.requests()).write(new byte[] {9}, 0, 1);
        assertEquals(9, page.memory().readByte(page.address()));
        assertEquals(0, page.memory().readIntAcquire(page.address() + 2048));
        assertEquals(1, page.memory().readIntAcquire(page.address() + 2052));
    }

    @Test
    void aMessageThatIsTooLongBreaksTheRing() {
        byte[] bytes = hex("02000000 01000000 00000000 01100000");
        page.memory().copyIn(bytes, 0, page.address() + 1024, bytes.length);
        page.memory().writeIntRelease(page.address() + 2060, bytes.length);
        MessageAssembler replies = new MessageAssembler(new RingReader(page.replies()));
        assertThrows(CorruptRingException.class, replies::next);
    }

    @Test
    void featuresAndStatesOfTheConnection() {
        page.memory().writeIntRelease(page.address() + 2072, 2);
        assertNull(page.serverError(), "no such feature");
        page.memory().writeIntRelease(page.address() + 2064, 3);
        assertEquals("xenstored found a wrong index in the ring", page.serverError());
        page.memory().writeIntRelease(page.address() + 2072, 77);
        assertEquals("xenstored found error 77", page.serverError());
        page.requestReconnection();
        assertEquals(1, page.memory().readIntAcquire(page.address() + 2068));
        assertEquals(false, page.isConnected());
    }

    @Test
    void textsOfAPayload() {
        WireMessage event =
                new WireMessage(MessageType.WATCH_EVENT, 0, 0, StorePath.payload("a/b", "", "7"));
        assertEquals(
                List.of("a/b", "", "7"),
                event.texts().stream()
                        .map(text -> new String(text, StandardCharsets.US_ASCII))
                        .toList());
        assertNull(new WireMessage(MessageType.READ, 0, 0, new byte[] {0, 65}).texts());
    }

    @Test
    void permissions() {
        assertEquals("b0", new Permission(0, Permission.Access.BOTH).encode());
        assertEquals(
                new Permission(32752, Permission.Access.READ),
                Permission.decode("r32752".getBytes(StandardCharsets.US_ASCII)));
        for (String wrong : List.of("", "r", "x1", "r-1", "r1 ", "r123456789")) {
            assertNull(Permission.decode(wrong.getBytes(StandardCharsets.US_ASCII)), wrong);
        }
    }

    @Test
    void whatIsNotAPath() {
        for (String wrong :
                List.of("", "a b", "a\0b", "ä", "/" + "x".repeat(3072), "y".repeat(2049))) {
            assertThrows(IllegalArgumentException.class, () -> StorePath.check(wrong));
        }
        assertEquals("@releaseDomain", StorePath.check("@releaseDomain"));
        assertEquals("device/vif/0", StorePath.check("device/vif/0"));
    }
}
