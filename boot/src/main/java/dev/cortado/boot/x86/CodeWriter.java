package dev.cortado.boot.x86;

import dev.cortado.boot.object.SectionBuilder;

/** Where instructions go: functions, labels and bytes. */
abstract sealed class CodeWriter permits MoveInstructions {

    /** Functions begin at a multiple of this: a line that a CPU fetches at once. */
    private static final int FUNCTION_ALIGNMENT = 16;

    /** Between functions: int3, so that a run off a function's end is noticed. */
    private static final int FILL = 0xCC;

    final SectionBuilder section;
    final Mode mode;
    final Encoder encoder;
    private int openFixups;

    CodeWriter(SectionBuilder section, Mode mode) {
        this.section = section;
        this.mode = mode;
        this.encoder = new Encoder(section, mode);
    }

    /** The function that {@code body} assembles, under a name that other objects can call. */
    public final void function(String name, Runnable body) {
        section.align(FUNCTION_ALIGNMENT, FILL);
        section.function(name, body);
        if (openFixups != 0) {
            throw new IllegalStateException(name + " jumps to a label that is nowhere");
        }
    }

    /** Goes on at the next multiple of {@code boundary}. */
    public final void align(int boundary) {
        section.align(boundary, FILL);
    }

    /** Binds a new label to this place. */
    public final Label here() {
        Label label = new Label();
        bind(label);
        return label;
    }

    /** Binds the label to this place. */
    public final void bind(Label label) {
        label.bind(section.offset());
        for (Label.Fixup fixup : label.fixups()) {
            int displacement = label.offset() - fixup.offset() - fixup.width();
            section.patch(fixup.offset(), fixup.width(), displacement);
        }
        openFixups -= label.fixups().size();
    }

    /** Bytes as they are, for an instruction that the assembler does not know. */
    public final void bytes(int... values) {
        for (int value : values) {
            section.emit8(value);
        }
    }

    /** Leaves room for the displacement to a label that is not bound yet. */
    final void emitFixup(Label target, int width) {
        target.fixups().add(new Label.Fixup(section.offset(), width));
        openFixups++;
        section.skip(width);
    }

    /** Opcodes come in pairs: the even one for bytes, the odd one for wider operands. */
    static int wide(int opcode, Width width) {
        return width == Width.BYTE ? opcode : opcode | 1;
    }

    /** What 64-bit mode does in 64 bits without being asked to, the other modes do in 32. */
    final Width nativeOperand() {
        return mode == Mode.BITS_64 ? null : Width.DOUBLEWORD;
    }

    final void requireNativeWidth(Register register) {
        Operands.requireNativeWidth(mode, register);
    }
}
