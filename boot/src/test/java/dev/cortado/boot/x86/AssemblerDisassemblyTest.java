package dev.cortado.boot.x86;

import static dev.cortado.boot.x86.Register.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every instruction of the assembler, read back by objdump. */
class AssemblerDisassemblyTest {

    private static final int ROUNDS = 3_000;

    private static final List<Register> QUADWORDS =
            List.of(RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14, R15);

    private static final List<Register> DOUBLEWORDS =
            List.of(
                    EAX, ECX, EDX, EBX, ESP, EBP, ESI, EDI, R8D, R9D, R10D, R11D, R12D, R13D, R14D,
                    R15D);

    private final Map<String, Consumer<Assembler>> code = new LinkedHashMap<>();

    @Test
    void instructionsOf64BitMode() throws IOException {
        arithmetic();
        code.put("mov al,bl", asm -> asm.mov(AL, BL));
        code.put("mov ax,dx", asm -> asm.mov(AX, DX));
        code.put("mov r14,rsp", asm -> asm.mov(R14, RSP));
        code.put("mov r8d,edi", asm -> asm.mov(R8D, EDI));
        code.put("mov BYTE PTR [rdi],cl", asm -> asm.mov(Memory.at(RDI), CL));
        code.put("mov WORD PTR [rdi],ax", asm -> asm.mov(Memory.at(RDI), AX));
        code.put("mov eax,0x80000001", asm -> asm.mov(RAX, 0x8000_0001L));
        code.put("mov eax,0xffffffff", asm -> asm.mov(EAX, -1));
        code.put("mov rax,0xffffffffffffffff", asm -> asm.mov(RAX, -1));
        code.put("movabs r14,0x100000000000", asm -> asm.mov(R14, 0x1000_0000_0000L));
        code.put("mov r9d,0x7", asm -> asm.mov(R9, 7));
        code.put("mov al,0xff", asm -> asm.mov(AL, 0xFF));
        code.put("mov dx,0x3f8", asm -> asm.mov(DX, 0x3F8));
        code.put("mov BYTE PTR [rsi],0x21", asm -> asm.mov(Width.BYTE, Memory.at(RSI), 0x21));
        code.put("mov WORD PTR [rbx+0x2],0x8", asm -> asm.mov(Width.WORD, Memory.at(RBX, 2), 8));
        code.put(
                "mov DWORD PTR [rbp+0x0],0xffffffff",
                asm -> asm.mov(Width.DOUBLEWORD, Memory.at(RBP), -1));
        code.put(
                "mov QWORD PTR [rsp+0x200],0x0",
                asm -> asm.mov(Width.QUADWORD, Memory.at(RSP, 512), 0));
        code.put("mov eax,DWORD PTR ds:0x1000", asm -> asm.mov(EAX, Memory.absolute(0x1000)));
        code.put("xchg DWORD PTR [rdi],ecx", asm -> asm.xchg(Memory.at(RDI), ECX));
        code.put("xchg QWORD PTR [r8+0x40],rax", asm -> asm.xchg(Memory.at(R8, 64), RAX));
        code.put(
                "mov rax,QWORD PTR gs:0x8",
                asm -> {
                    asm.inSegment(SegmentRegister.GS);
                    asm.mov(RAX, Memory.absolute(8));
                });
        code.put("mfence", Assembler::mfence);
        code.put("mov ds,eax", asm -> asm.mov(SegmentRegister.DS, EAX));
        code.put("mov ss,eax", asm -> asm.mov(SegmentRegister.SS, RAX));
        code.put("mov fs,r9d", asm -> asm.mov(SegmentRegister.FS, R9));
        code.put("mov eax,cs", asm -> asm.mov(EAX, SegmentRegister.CS));
        code.put("mov cr3,rdi", asm -> asm.mov(ControlRegister.CR3, RDI));
        code.put("mov rax,cr2", asm -> asm.mov(RAX, ControlRegister.CR2));
        code.put("mov cr4,r12", asm -> asm.mov(ControlRegister.CR4, R12));
        code.put("movzx eax,al", asm -> asm.movzx(EAX, AL));
        code.put("movzx r8d,dx", asm -> asm.movzx(R8D, DX));
        code.put("lea rax,[rsp+0x8]", asm -> asm.lea(RAX, Memory.at(RSP, 8)));
        code.put("lea r9,[r13+r12*8+0x7f]", asm -> asm.lea(R9, Memory.at(R13, R12, 8, 127)));
        code.put("push rbx", asm -> asm.push(RBX));
        code.put("push r15", asm -> asm.push(R15));
        code.put("push 0x7f", asm -> asm.push(127));
        code.put("push 0x80", asm -> asm.push(128));
        code.put("push 0xffffffffffffffff", asm -> asm.push(-1));
        code.put("pop rbp", asm -> asm.pop(RBP));
        code.put("pop r8", asm -> asm.pop(R8));
        code.put("pushf", Assembler::pushf);
        code.put("popf", Assembler::popf);
        code.put("sub rsp,QWORD PTR [rax]", asm -> asm.sub(RSP, Memory.at(RAX)));
        code.put("div rcx", asm -> asm.div(RCX));
        code.put("sete al", asm -> asm.setcc(Condition.EQUAL, AL));
        code.put("setb cl", asm -> asm.setcc(Condition.CARRY, CL));
        code.put("rep stos QWORD PTR es:[rdi],rax", asm -> asm.repStos(Width.QUADWORD));
        code.put("rep outs dx,BYTE PTR ds:[rsi]", Assembler::repOutsb);
        code.put("rep ins BYTE PTR es:[rdi],dx", Assembler::repInsb);
        code.put("rep stos DWORD PTR es:[rdi],eax", asm -> asm.repStos(Width.DOUBLEWORD));
        code.put("jmp rbp", asm -> asm.jmp(RBP));
        code.put("jmp r9", asm -> asm.jmp(R9));
        code.put("call rbx", asm -> asm.call(RBX));
        code.put("call r12", asm -> asm.call(R12));
        code.put("ret", Assembler::ret);
        code.put("iretq", Assembler::iretq);
        code.put("int3", Assembler::int3);
        code.put("int 0x80", asm -> asm.interrupt(0x80));
        code.put("ud2", Assembler::ud2);
        code.put("in al,dx", asm -> asm.in(AL));
        code.put("in ax,dx", asm -> asm.in(AX));
        code.put("in eax,dx", asm -> asm.in(EAX));
        code.put("out dx,al", asm -> asm.out(AL));
        code.put("out dx,ax", asm -> asm.out(AX));
        code.put("out dx,eax", asm -> asm.out(EAX));
        code.put("out 0xe9,al", asm -> asm.out(0xE9, AL));
        code.put("out 0xf4,eax", asm -> asm.out(0xF4, EAX));
        code.put("cli", Assembler::cli);
        code.put("sti", Assembler::sti);
        code.put("cld", Assembler::cld);
        code.put("std", Assembler::std);
        code.put("hlt", Assembler::hlt);
        code.put("pause", Assembler::pause);
        code.put("cpuid", Assembler::cpuid);
        code.put("rdtsc", Assembler::rdtsc);
        code.put(
                "crc32 rax,QWORD PTR [rsi]", asm -> asm.crc32(RAX, Memory.at(RSI), Width.QUADWORD));
        code.put(
                "crc32 eax,BYTE PTR [r8+0x4]", asm -> asm.crc32(EAX, Memory.at(R8, 4), Width.BYTE));
        code.put("rdmsr", Assembler::rdmsr);
        code.put("wrmsr", Assembler::wrmsr);
        code.put("xgetbv", Assembler::xgetbv);
        code.put("xsetbv", Assembler::xsetbv);
        code.put("rdrand rdx", asm -> asm.rdrand(RDX));
        code.put("rdrand r10d", asm -> asm.rdrand(R10D));
        code.put("rdseed rdx", asm -> asm.rdseed(RDX));
        code.put("rdseed r10d", asm -> asm.rdseed(R10D));
        code.put("lgdt [rdi]", asm -> asm.lgdt(Memory.at(RDI)));
        code.put("lidt [r8]", asm -> asm.lidt(Memory.at(R8)));
        code.put("ltr di", asm -> asm.ltr(EDI));
        code.put("invlpg BYTE PTR [rdi]", asm -> asm.invlpg(Memory.at(RDI)));
        code.put("fninit", Assembler::fninit);
        code.put("fnstcw WORD PTR [rsp+0x4]", asm -> asm.fnstcw(Memory.at(RSP, 4)));
        code.put("fldcw WORD PTR [rsp+0x4]", asm -> asm.fldcw(Memory.at(RSP, 4)));
        code.put("stmxcsr DWORD PTR [rsp]", asm -> asm.stmxcsr(Memory.at(RSP)));
        code.put("ldmxcsr DWORD PTR [r15]", asm -> asm.ldmxcsr(Memory.at(R15)));
        code.put("fxsave64 [rsp]", asm -> asm.fxsave64(Memory.at(RSP)));
        code.put("fxrstor64 [rsp]", asm -> asm.fxrstor64(Memory.at(RSP)));
        code.put("xsave64 [rsp]", asm -> asm.xsave64(Memory.at(RSP)));
        code.put("xrstor64 [r9]", asm -> asm.xrstor64(Memory.at(R9)));
        check(Mode.BITS_64);
    }

    @Test
    void instructionsOf32BitMode() throws IOException {
        code.put("mov esi,ebx", asm -> asm.mov(ESI, EBX));
        code.put("mov ax,0x10", asm -> asm.mov(AX, 0x10));
        code.put("mov bl,BYTE PTR [esi]", asm -> asm.mov(BL, Memory.at(ESI)));
        code.put("mov DWORD PTR [esp],eax", asm -> asm.mov(Memory.at(ESP), EAX));
        code.put(
                "cmp DWORD PTR [esi],0x336ec578",
                asm -> asm.cmp(Width.DOUBLEWORD, Memory.at(ESI), 0x336E_C578));
        code.put(
                "cmp DWORD PTR [esi+0x4],0x1",
                asm -> asm.cmp(Width.DOUBLEWORD, Memory.at(ESI, 4), 1));
        code.put("mov ecx,DWORD PTR ds:0x1234", asm -> asm.mov(ECX, Memory.absolute(0x1234)));
        code.put("mov cr0,eax", asm -> asm.mov(ControlRegister.CR0, EAX));
        code.put("mov eax,cr4", asm -> asm.mov(EAX, ControlRegister.CR4));
        code.put("push eax", asm -> asm.push(EAX));
        code.put("pop ecx", asm -> asm.pop(ECX));
        code.put("pushf", Assembler::pushf);
        code.put("and eax,0xffe00000", asm -> asm.and(EAX, -0x20_0000));
        code.put("add eax,0x200000", asm -> asm.add(EAX, 0x20_0000));
        code.put("shr ecx,0x15", asm -> asm.shr(ECX, 21));
        code.put(
                "rep movs DWORD PTR es:[edi],DWORD PTR ds:[esi]",
                asm -> asm.repMovs(Width.DOUBLEWORD));
        code.put("rep stos BYTE PTR es:[edi],al", asm -> asm.repStos(Width.BYTE));
        code.put("lgdtd ds:0x2000", asm -> asm.lgdt(Memory.absolute(0x2000)));
        code.put("jmp ebx", asm -> asm.jmp(EBX));
        code.put("in al,dx", asm -> asm.in(AL));
        check(Mode.BITS_32);
    }

    @Test
    void instructionsOf16BitMode() throws IOException {
        code.put("cli", Assembler::cli);
        code.put("mov ax,cs", asm -> asm.mov(AX, SegmentRegister.CS));
        code.put("mov ds,ax", asm -> asm.mov(SegmentRegister.DS, AX));
        code.put("mov eax,0x11", asm -> asm.mov(EAX, 0x11));
        code.put("mov dx,0x3f8", asm -> asm.mov(DX, 0x3F8));
        code.put("or eax,0x1", asm -> asm.or(EAX, 1));
        code.put("mov eax,DWORD PTR ds:0x10", asm -> asm.mov(EAX, Memory.absolute(0x10)));
        code.put("mov al,BYTE PTR [esi+0x1]", asm -> asm.mov(AL, Memory.at(ESI, 1)));
        code.put("mov cr0,eax", asm -> asm.mov(ControlRegister.CR0, EAX));
        code.put("lgdtd ds:0x18", asm -> asm.lgdt(Memory.absolute(0x18)));
        code.put("out dx,al", asm -> asm.out(AL));
        code.put("out dx,eax", asm -> asm.out(EAX));
        code.put("out 0xe9,al", asm -> asm.out(0xE9, AL));
        code.put("out 0xf4,eax", asm -> asm.out(0xF4, EAX));
        code.put("int 0x13", asm -> asm.interrupt(0x13));
        code.put("call ebp", asm -> asm.call(EBP));
        code.put("jmp eax", asm -> asm.jmp(EAX));
        code.put("retd", Assembler::ret);
        check(Mode.BITS_16);
    }

    @Test
    void memoryOperandsAtRandom() throws IOException {
        Random random = new Random(20251123);
        for (int i = 0; i < ROUNDS; i++) {
            Register register = pick(random, random.nextBoolean() ? QUADWORDS : DOUBLEWORDS);
            Memory memory = randomMemory(random);
            String size = register.width() == Width.QUADWORD ? "QWORD" : "DWORD";
            String operand = size + " PTR " + text(memory);
            String name = register.name().toLowerCase();
            if (random.nextBoolean()) {
                code.put("mov " + name + "," + operand, asm -> asm.mov(register, memory));
            } else {
                code.put("mov " + operand + "," + name, asm -> asm.mov(memory, register));
            }
        }
        check(Mode.BITS_64);
    }

    @Test
    void registersAndConstantsAtRandom() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < ROUNDS; i++) {
            List<Register> registers = random.nextBoolean() ? QUADWORDS : DOUBLEWORDS;
            Register to = pick(random, registers);
            Register from = pick(random, registers);
            String name = to.name().toLowerCase();
            int value = random.nextInt() >> random.nextInt(32);
            boolean wide = to.width() == Width.QUADWORD;
            String hex = wide ? Long.toHexString(value) : Integer.toHexString(value);
            switch (random.nextInt(4)) {
                case 0 -> code.put("add " + name + ",0x" + hex, asm -> asm.add(to, value));
                case 1 -> code.put("cmp " + name + ",0x" + hex, asm -> asm.cmp(to, value));
                case 2 -> code.put(movText(to, value), asm -> asm.mov(to, value));
                default ->
                        code.put(
                                "xor " + name + "," + from.name().toLowerCase(),
                                asm -> asm.xor(to, from));
            }
        }
        check(Mode.BITS_64);
    }

    @Test
    void jumpsGoWhereTheirLabelsAre() throws IOException {
        for (Mode mode : Mode.values()) {
            byte[] bytes =
                    Assembled.bytes(
                            mode,
                            asm -> {
                                Label forward = new Label();
                                Label back = asm.here();
                                asm.jcc(Condition.NOT_ZERO, forward);
                                asm.jmp(back);
                                for (int i = 0; i < 200; i++) {
                                    asm.cli();
                                }
                                asm.jcc(Condition.ABOVE, back);
                                asm.bind(forward);
                                asm.jmp(forward);
                            });
            List<String> instructions =
                    Disassembler.disassemble(mode, bytes).values().stream()
                            .filter(text -> text.startsWith("j"))
                            .toList();
            int end = bytes.length - 2;
            String forward = "0x" + Integer.toHexString(end);
            assertEquals(
                    List.of("jne " + forward, "jmp 0x0", "ja 0x0", "jmp " + forward),
                    instructions,
                    mode.name());
        }
    }

    private void arithmetic() {
        code.put("add rax,rcx", asm -> asm.add(RAX, RCX));
        code.put("or eax,r9d", asm -> asm.or(EAX, R9D));
        code.put("sub r15,r8", asm -> asm.sub(R15, R8));
        code.put("xor ebp,ebp", asm -> asm.xor(EBP, EBP));
        code.put("cmp al,bl", asm -> asm.cmp(AL, BL));
        code.put("cmp rdi,r10", asm -> asm.cmp(RDI, R10));
        code.put("add rsp,0x10", asm -> asm.add(RSP, 16));
        code.put("or al,0x80", asm -> asm.or(AL, 0x80));
        code.put("and rsp,0xffffffffffffffc0", asm -> asm.and(RSP, -64));
        code.put("and eax,0xffff0000", asm -> asm.and(EAX, 0xFFFF_0000L));
        code.put("sub rsp,0x8", asm -> asm.sub(RSP, 8));
        code.put("xor eax,0x200000", asm -> asm.xor(EAX, 1 << 21));
        code.put("cmp r11,0x12345", asm -> asm.cmp(R11, 0x12345));
        code.put("cmp QWORD PTR [rax],0x0", asm -> asm.cmp(Width.QUADWORD, Memory.at(RAX), 0));
        code.put("cmp BYTE PTR [rax],0x41", asm -> asm.cmp(Width.BYTE, Memory.at(RAX), 'A'));
        code.put("test bl,bl", asm -> asm.test(BL, BL));
        code.put("test r8,r9", asm -> asm.test(R8, R9));
        code.put("test edi,0x200", asm -> asm.test(EDI, 0x200));
        code.put("test al,0x20", asm -> asm.test(AL, 0x20));
        code.put("shl rdx,0x20", asm -> asm.shl(RDX, 32));
        code.put("shr r10d,0x1", asm -> asm.shr(R10D, 1));
    }

    /** A positive constant goes to a 64-bit register by way of its lower half. */
    private static String movText(Register to, int value) {
        boolean wide = to.width() == Width.QUADWORD;
        Register written = wide && value >= 0 ? DOUBLEWORDS.get(to.number()) : to;
        String hex = wide ? Long.toHexString(value) : Integer.toHexString(value);
        return "mov " + written.name().toLowerCase() + ",0x" + hex;
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static Memory randomMemory(Random random) {
        Register base = pick(random, QUADWORDS);
        int displacement = random.nextInt(3) == 0 ? 0 : random.nextInt() >> random.nextInt(32);
        Register index = pick(random, QUADWORDS);
        if (random.nextBoolean() || index == RSP) {
            return Memory.at(base, displacement);
        }
        return Memory.at(base, index, 1 << random.nextInt(4), displacement);
    }

    /** As objdump writes it. */
    private static String text(Memory memory) {
        StringBuilder text = new StringBuilder("[").append(memory.base().name().toLowerCase());
        if (memory.index() != null) {
            text.append('+').append(memory.index().name().toLowerCase());
            text.append('*').append(memory.scale());
        }
        int displacement = memory.displacement();
        boolean written = displacement != 0 || memory.base() == RBP || memory.base() == R13;
        if (written) {
            text.append(displacement < 0 ? "-0x" : "+0x");
            text.append(Long.toHexString(Math.abs((long) displacement)));
        }
        return text.append(']').toString();
    }

    /** Assembles all cases one after the other and compares each with what objdump reads. */
    private void check(Mode mode) throws IOException {
        Map<Integer, String> expected = new TreeMap<>();
        byte[] bytes =
                Assembled.bytes(
                        mode,
                        asm ->
                                code.forEach((text, instruction) -> {
                                    expected.put(asm.here().offset(), text);
                                    instruction.accept(asm);
                                }));
        Map<Integer, String> actual = Disassembler.disassemble(mode, bytes);
        List<String> differences = new ArrayList<>();
        expected.forEach((offset, text) -> {
            if (!text.equals(actual.get(offset))) {
                differences.add(text + " was read as " + actual.get(offset));
            }
        });
        assertEquals(List.of(), differences);
        assertEquals(expected.keySet(), actual.keySet());
    }
}
