package dev.cortado.boot.linux;

import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.object.ObjectBuilder;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.object.Symbol;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Mode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The code in the making: a section for the setup, and one for what is loaded beside the image. */
final class LinuxCode {
    /** What is below grows down, into room that nobody else uses. */
    static final String STACK_TOP = "cortado_linux_stack_top";

    private static final String SETUP_SECTION = ".setup";

    private final ObjectBuilder object = new ObjectBuilder("cortado-linux");

    private final SectionBuilder setup = object.section(SETUP_SECTION, Section.Kind.TEXT, 16);
    final SectionBuilder text = object.section(".text", Section.Kind.TEXT, 16);
    final Assembler code32 = new Assembler(text, Mode.BITS_32);

    /** Setup and code, up to where the code for UEFI goes. */
    static byte[] create(List<KernelSegment> segments, long entry) {
        LinuxCode linux = new LinuxCode();
        Assembler code16 = new Assembler(linux.setup, Mode.BITS_16);
        linux.setup.skip(LinuxLayout.SETUP_CODE);
        RealModeEntry.append(linux.setup, code16);
        linux.code32.function(
                ProtectedModeEntry.ENTRY, () -> ProtectedModeEntry.enter(linux.code32));
        linux.text.skip(LinuxLayout.LONG_MODE_ENTRY - linux.text.offset());
        LongModeEntry.enter(new Assembler(linux.text, Mode.BITS_64));
        ProtectedModeEntry.append(linux, segments, entry);
        LongModeEntry.append(linux);
        if (linux.text.offset() > LinuxLayout.START_INFO) {
            throw new IllegalStateException(linux.text.offset() + " bytes of code");
        }
        linux.text.skip(LinuxLayout.STACK_TOP - linux.text.offset());
        linux.text.data(STACK_TOP, () -> {});
        return linux.link();
    }

    /** What is loaded is at its address, and the setup wherever it is: it refers to that only. */
    private byte[] link() {
        RelocatableObject made = object.build();
        Map<String, Long> addresses = new HashMap<>();
        for (Symbol symbol : made.symbols()) {
            addresses.put(symbol.name(), LinuxLayout.LOAD_ADDRESS + symbol.offset());
        }
        byte[] bytes = new byte[LinuxLayout.SETUP_SIZE + LinuxLayout.UEFI_CODE];
        for (Section section : made.sections()) {
            System.arraycopy(
                    section.contents(), 0, bytes, begin(section.name()), section.contents().length);
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (Relocation relocation : made.relocations()) {
            int at = begin(relocation.section()) + (int) relocation.offset();
            long value = addresses.get(relocation.target()) + relocation.addend();
            switch (relocation.type()) {
                case ABSOLUTE_64 -> fields.putLong(at, value);
                case ABSOLUTE_32 -> fields.putInt(at, (int) value);
                case RELATIVE_32 ->
                        fields.putInt(
                                at, (int) (value - LinuxLayout.LOAD_ADDRESS - relocation.offset()));
                default -> throw new IllegalStateException("in this code: " + relocation);
            }
        }
        return bytes;
    }

    private static int begin(String section) {
        return section.equals(SETUP_SECTION) ? 0 : LinuxLayout.SETUP_SIZE;
    }
}
