package dev.cortado.drivers.xen.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.memory.HostMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitNoteTest {

    private static final long PAGE = HostMemory.BASE;

    private final HostMemory memory = new HostMemory(4096);
    private final ExitNote note = new ExitNote(memory);

    /** public/io/xs_wire.h: XS_WRITE is 11; req_cons and req_prod follow the two rings. */
    @ParameterizedTest
    @CsvSource({"0, 0", "143, 1000", "-1, 1023", "2147483647, -5", "-2147483648, 2147483640"})
    void isAWriteRequestWhereverTheRingIs(int code, int begin) {
        memory.writeIntRelease(PAGE + 2048, begin);
        memory.writeIntRelease(PAGE + 2052, begin);
        assertTrue(note.isTaken(PAGE));
        note.put(PAGE, code);
        assertFalse(note.isTaken(PAGE));

        String payload = "data/cortado/exit-code\0" + code;
        int end = memory.readIntAcquire(PAGE + 2052);
        assertEquals(16 + payload.length(), end - begin);
        ByteBuffer message = ByteBuffer.allocate(end - begin).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = begin; i != end; i++) {
            message.put(memory.readByte(PAGE + (i & 1023)));
        }
        message.flip();
        assertEquals(11, message.getInt());
        message.getInt();
        assertEquals(0, message.getInt());
        assertEquals(payload.length(), message.getInt());
        assertEquals(payload, StandardCharsets.US_ASCII.decode(message).toString());
    }
}
