package dev.cortado.boot.pe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.Tool;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortableExecutableTest {
    private final byte[] code = new byte[5000];
    private final PortableExecutable executable = new PortableExecutable(code, 0x20, 10_000);

    @Test
    void objdumpReadsIt() throws Exception {
        List<String> lines = Tool.onFile(file(new byte[0]), "objdump", "-p", "-h");
        String text = String.join("\n", lines).replaceAll("[ \t]+", " ");
        assertTrue(text.contains("file format pei-x86-64"), text);
        assertTrue(text.contains("AddressOfEntryPoint 0000000000001020"), text);
        assertTrue(text.contains("SectionAlignment 00001000"), text);
        assertTrue(text.contains("Subsystem 0000000a (EFI application)"), text);
        assertTrue(text.contains("DllCharacteristics 00000100"), text);
        assertTrue(text.contains("SizeOfImage 00007000"), text);
        assertTrue(text.contains("PE File Base Relocations"), text);
        assertTrue(text.contains("0 .text 00001388 0000000000001000"), text);
        assertTrue(text.contains(".kernel 00002710 0000000000004000"), text);
    }

    @Test
    void codeAndPayloadAreWhereTheirSectionsSay() {
        Arrays.fill(code, (byte) 0xCC);
        ByteBuffer file = file(new byte[0]);
        assertEquals(0x4000, executable.payloadOffset());
        assertEquals((byte) 0xCC, file.get(0x1000 + 4999));
        assertEquals(0, file.get(0x1000 + 5000));
        assertEquals(0x7000, executable.size());
    }

    @Test
    void certificatesAreBehindAllThatIsLoaded() throws Exception {
        byte[] certificates = new byte[24];
        Arrays.fill(certificates, (byte) 7);
        ByteBuffer file = file(certificates);
        assertEquals(0x7000 + 24, file.limit());
        assertEquals(7, file.get(0x7000));
        List<String> lines = Tool.onFile(file, "objdump", "-p");
        String text = String.join("\n", lines).replaceAll("[ \t]+", " ");
        assertTrue(text.contains("Entry 4 0000000000007000 00000018 Security Directory"), text);
    }

    /** By hand: 16-bit words with their carries, and the size. */
    @Test
    void theChecksumIsThatOfImageHlp() {
        Arrays.fill(code, (byte) 0xFE);
        ByteBuffer file = file(new byte[8]);
        int stated = file.getInt(PortableExecutable.CHECKSUM);
        file.putInt(PortableExecutable.CHECKSUM, 0);
        int sum = 0;
        for (int at = 0; at < file.limit(); at += 2) {
            sum += file.getShort(at) & 0xFFFF;
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        assertEquals(sum + file.limit(), stated);
    }

    private ByteBuffer file(byte[] certificates) {
        ByteBuffer plain = ByteBuffer.allocate(executable.size()).order(ByteOrder.LITTLE_ENDIAN);
        executable.write(plain);
        return PortableExecutable.certified(plain, certificates);
    }
}
