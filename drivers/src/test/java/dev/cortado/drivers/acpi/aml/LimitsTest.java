package dev.cortado.drivers.acpi.aml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.acpi.Tables;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Terms, written as the bytes of ACPI 6.5, 20.2, that want more than there is. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LimitsTest {
    /** Of threads that serve requests in the kernel, the smallest that run Java code. */
    private static final long SMALL_STACK = 256 * 1024;

    private static final String METHOD_M = "4d5f5f5f"; // M___

    private AmlInterpreter interpreter(AmlHost host) {
        return new AmlInterpreter(new CheckedRegions(), host, AmlLimits.DEFAULT);
    }

    private AmlException error(String terms) {
        AmlInterpreter interpreter = interpreter(AmlHost.NONE);
        byte[] table = Tables.dsdt(HexFormat.of().parseHex(terms));
        return assertThrows(AmlException.class, () -> interpreter.load(table));
    }

    private static void says(String words, AmlException e) {
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    /** Method (M) with a body. */
    private static String method(String body) {
        return "14" + length(METHOD_M + "00" + body) + METHOD_M + "00" + body;
    }

    /** PkgLength of four bytes and then what it counts. */
    private static String length(String rest) {
        int bytes = rest.length() / 2 + 4;
        return HexFormat.of()
                .formatHex(
                        new byte[] {
                            (byte) (0xc0 | bytes & 0xf),
                            (byte) (bytes >> 4),
                            (byte) (bytes >> 12),
                            (byte) (bytes >> 20)
                        });
    }

    private static String block(String opcode, String rest) {
        return opcode + length(rest) + rest;
    }

    private AmlObject call(AmlHost host, String body) throws AmlException {
        AmlInterpreter interpreter = interpreter(host);
        assertEquals(
                List.of(), interpreter.load(Tables.dsdt(HexFormat.of().parseHex(method(body)))));
        return interpreter.evaluate(interpreter.root().child("M"));
    }

    private AmlException failure(String body) {
        return assertThrows(AmlException.class, () -> call(AmlHost.NONE, body));
    }

    @Test
    void aLoopForEverEnds() {
        says("steps", failure(block("a2", "ff" + "a3")));
        says("steps", failure(block("a2", "01")));
    }

    @Test
    void aMethodThatCallsItselfEnds() {
        says("deeper", failure(METHOD_M));
        says("deeper", failure("70" + METHOD_M + "60"));
        says("deeper", failure("a4" + "72" + METHOD_M + METHOD_M + "00"));
    }

    /** Not(Not(Not(... */
    @Test
    void termsWithinTermsEnd() {
        says("deeper", failure("a4" + "92".repeat(100_000) + "00"));
        says("deeper", failure("8383".repeat(100_000) + "60"));
        says("deeper", failure("70" + "01" + "8371".repeat(100_000) + "60"));
    }

    @Test
    void blocksWithinBlocksEnd() {
        StringBuilder terms = new StringBuilder("a3");
        for (int i = 0; i < 300; i++) {
            String inner = terms.toString();
            terms.setLength(0);
            terms.append(block("a0", "01" + inner));
        }
        says("deeper", failure(terms.toString()));
        says("deeper", error(terms.toString()));
    }

    /** All that recurs, as deep as the limit lets it, on the smallest stack. */
    @Test
    void theDepthFitsIntoASmallStack() throws InterruptedException {
        List<Throwable> escaped = new ArrayList<>();
        Runnable all =
                () -> {
                    aMethodThatCallsItselfEnds();
                    termsWithinTermsEnd();
                    blocksWithinBlocksEnd();
                };
        Thread thread = new Thread(null, all, "small", SMALL_STACK);
        thread.setUncaughtExceptionHandler((_, e) -> escaped.add(e));
        thread.start();
        thread.join();
        assertEquals(List.of(), escaped);
    }

    @Test
    void memoryEnds() {
        // Buffer (0x7fffffff) {}, and of all ones.
        says("bytes", failure("70" + block("11", "0cffffff7f") + "60"));
        says("bytes", failure("70" + block("11", "ff") + "60"));
        // Package (0x7fffffff) {}
        says("bytes", failure("70" + block("13", "0cffffff7f") + "60"));
        says("package of", failure("70" + block("13", "ff") + "60"));
        // Local0 = "abcd"; While (One) { Concatenate (Local0, Local0, Local0) }
        says("bytes", failure("700d616263640060" + block("a2", "01" + "73606060")));
        // Local0 = Package (1) {}; While (One) { Local0[0] = Local0 }
        says(
                "deeper",
                failure(
                        "70"
                                + block("12", "01")
                                + "60"
                                + block("a2", "01" + "70" + "60" + "88600000")));
    }

    @Test
    void namesEnd() {
        // While (One) { Name (X___, Zero) }: the second time it is there already.
        says("already", failure(block("a2", "01" + "08585f5f5f00")));
        // 20,000 names of three letters each.
        StringBuilder terms = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            byte[] name = {
                8,
                (byte) ('A' + i / 26 / 26 / 26),
                (byte) ('A' + i / 26 / 26 % 26),
                (byte) ('A' + i / 26 % 26),
                (byte) ('A' + i % 26),
                0
            };
            terms.append(HexFormat.of().formatHex(name));
        }
        says("More names than 16384", error(terms.toString()));
    }

    @Test
    void sleepEnds() throws AmlException {
        long[] slept = {0};
        AmlHost host =
                new AmlHost() {
                    @Override
                    public void sleep(long microseconds) {
                        slept[0] += microseconds;
                    }
                };
        // While (One) { Sleep (1000) }
        assertThrows(AmlException.class, () -> call(host, block("a2", "01" + "5b220be803")));
        assertEquals(10_000_000, slept[0]);
        says("ms", failure("5b22ff"));
        says("ms", failure("5b21ff"));
        assertNull(call(host, "5b220a01" + "5b210a01"));
        assertEquals(10_001_001, slept[0]);
    }

    @Test
    void packageLengthsBeyondTheEndAreRefused() {
        says("block of", error("103f5c00"));
        says("block of", error("10ff0f00005c00"));
        says("block of", error("1000"));
        says("block of", error("1408" + METHOD_M));
        says("before its body", error("1405" + METHOD_M + "00"));
        says("where there are", error("0c00"));
    }

    @Test
    void nameOf255Segments() throws AmlException {
        String name = "2fff" + "41424344".repeat(255);
        says("No ABCD.ABCD", failure("a4" + name));
        says("cut off", error("100f2fff41424344" + "a3".repeat(8)));
        assertEquals(new AmlInteger(0), call(AmlHost.NONE, "a4" + "5b12" + name + "00"));
        says("No ^^", failure("a4" + "5e".repeat(5_000) + "41424344"));
    }

    /** Each is in the scope of the one before: 254 are below the root, and no more. */
    @Test
    void scopesInScopesEnd() throws AmlException {
        String name = "41424344";
        StringBuilder terms = new StringBuilder(block("5b82", "5c" + name));
        for (int depth = 2; depth <= 255; depth++) {
            String path = "5c2f" + HexFormat.of().toHexDigits((byte) depth) + name.repeat(depth);
            terms.append(block("5b82", path));
        }
        String last = "5c2fff" + name.repeat(255);
        terms.append(block("10", last + "08" + name + "00"));
        byte[] table = Tables.dsdt(HexFormat.of().parseHex(terms));
        says("too deep", interpreter(AmlHost.NONE).load(table).getFirst());
    }

    @Test
    void fieldsThatLeaveTheirBufferAreRefused() {
        String buffer = "70" + block("11", "0a04") + "60";
        // CreateDWordField (Local0, One, F___), CreateField (Local0, 30, 3), CreateField (Ones)
        says("bits", failure(buffer + "8a6001465f5f5f"));
        says("bits", failure(buffer + "5b13600a1e0a03465f5f5f"));
        says("bits", failure(buffer + "5b1360ff0a03465f5f5f"));
        says("bits", failure(buffer + "5b1360000aff465f5f5f"));
        says("bits", failure(buffer + "5b136001ff465f5f5f"));
        says("bits", failure(buffer + "5b13600000465f5f5f"));
        says("Index", failure(buffer + "8a600a04465f5f5f"));
        says("Index", failure(buffer + "70018860ff00"));
    }

    @Test
    void aFieldOfABufferThatWasReplacedIsCheckedAgain() throws AmlException {
        // Name (B___, Buffer (2) {}); in M: CreateWordField (B___, 0, F___),
        // CopyObject (Buffer (1) {}, B___), then F___ = Ones: the old buffer is written.
        String table =
                "08425f5f5f"
                        + block("11", "0a02")
                        + method(
                                "8b425f5f5f00465f5f5f"
                                        + "9d"
                                        + block("11", "0a01")
                                        + "425f5f5f"
                                        + "70ff465f5f5f"
                                        + "a4425f5f5f");
        AmlInterpreter interpreter = interpreter(AmlHost.NONE);
        interpreter.load(Tables.dsdt(HexFormat.of().parseHex(table)));
        AmlObject value = interpreter.evaluate(interpreter.root().child("M"));
        assertEquals("Buffer{00}", value.toString());
    }

    @Test
    void accessesThatLeaveTheirRegionAreRefused() throws AmlException {
        // OperationRegion (R___, SystemIO, 0xfffe, 4), Field (R___, ByteAcc) { 24 bits, F___, 8 }
        String region = "5b80525f5f5f010bfeff0a04";
        String field = block("5b81", "525f5f5f01" + "0018" + "465f5f5f08");
        AmlInterpreter interpreter = interpreter(AmlHost.NONE);
        interpreter.load(Tables.dsdt(HexFormat.of().parseHex(region + field)));
        NamespaceNode node = interpreter.root().child("F");
        says(
                "leaves its address space",
                assertThrows(AmlException.class, () -> interpreter.evaluate(node)));
        // EmbeddedControl
        AmlInterpreter other = interpreter(AmlHost.NONE);
        String embedded = "5b80525f5f5f03000a04";
        other.load(Tables.dsdt(HexFormat.of().parseHex(embedded + field)));
        NamespaceNode refused = other.root().child("F");
        says("which is refused", assertThrows(AmlException.class, () -> other.evaluate(refused)));
    }

    /** Arg0 = RefOf (Arg0), and then Arg0 = One: stored once, not for ever. */
    @Test
    void aReferenceToItselfEnds() throws AmlException {
        assertEquals(new AmlInteger(1), call(AmlHost.NONE, "707168" + "68" + "700168" + "a468"));
    }

    @Test
    void whatAMethodDeclaresIsGoneWhenItEnds() throws AmlException {
        AmlInterpreter interpreter = interpreter(AmlHost.NONE);
        String body = "08585f5f5f0a07" + "a4585f5f5f";
        interpreter.load(Tables.dsdt(HexFormat.of().parseHex(method(body))));
        NamespaceNode method = interpreter.root().child("M");
        for (int i = 0; i < 20_000; i++) {
            assertEquals(new AmlInteger(7), interpreter.evaluate(method));
        }
        assertNull(method.child("X"));
    }

    @Test
    void notificationsArrive() throws AmlException {
        List<String> heard = new ArrayList<>();
        AmlHost host =
                new AmlHost() {
                    @Override
                    public void notify(NamespaceNode node, long value) {
                        heard.add(node.path() + " " + value);
                    }
                };
        call(host, "865c5f53425f0a80" + "70715c5f53425f60" + "866001");
        assertEquals(List.of("\\_SB_ 128", "\\_SB_ 1"), heard);
    }

    @Test
    void theMessageSaysWhere() {
        AmlException e = failure("a3a3a441424344");
        // Behind the header, the method's 10 bytes, two Noops and Return.
        says("No ABCD in \\M___, at offset 0x31 of DSDT", e);
    }

    @Test
    void headersAreChecked() {
        AmlInterpreter interpreter = interpreter(AmlHost.NONE);
        for (int length = 0; length < 36; length++) {
            byte[] table = new byte[length];
            assertThrows(AmlException.class, () -> interpreter.load(table));
        }
        for (int at : new int[] {0, 4, 9, 36}) {
            byte[] table = Tables.dsdt((byte) 0xa3);
            table[at] ^= 1;
            assertThrows(AmlException.class, () -> interpreter.load(table), "byte " + at);
        }
    }

    @Test
    void argumentsAreCounted() throws AmlException {
        AmlInterpreter interpreter = interpreter(AmlHost.NONE);
        interpreter.load(Tables.dsdt(HexFormat.of().parseHex(method("a3"))));
        NamespaceNode method = interpreter.root().child("M");
        says(
                "takes 0",
                assertThrows(
                        AmlException.class, () -> interpreter.evaluate(method, new AmlInteger(1))));
        assertThrows(AmlException.class, () -> interpreter.evaluate(method, new AmlObject[8]));
        assertNull(interpreter.evaluate(method));
    }

    @Test
    void aBlockThatFailsCostsNoOtherOne() throws AmlException {
        AmlInterpreter interpreter = interpreter(AmlHost.NONE);
        String bad = block("5b82", "4241445f" + "08585f5f5f4e4f5045" + "08595f5f5f00");
        String good = block("5b82", "474f4f44" + "08585f5f5f0a05");
        List<AmlException> problems =
                interpreter.load(Tables.dsdt(HexFormat.of().parseHex(bad + good)));
        assertEquals(1, problems.size());
        says("No NOPE", problems.getFirst());
        assertNull(interpreter.root().child("BAD").child("Y"));
        NamespaceNode value = interpreter.root().child("GOOD").child("X");
        assertInstanceOf(AmlInteger.class, interpreter.evaluate(value));
    }
}
