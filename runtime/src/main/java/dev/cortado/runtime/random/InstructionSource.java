package dev.cortado.runtime.random;

import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A random number instruction of the CPU (Intel SDM vol. 1, 7.3.17). Processors are known whose
 * instruction says that it has succeeded and gives all ones, or the same for ever, once they have
 * slept: such a number is worth nothing.
 */
public final class InstructionSource implements EntropySource {
    private final Supplier<OptionalLong> instruction;
    private final int bits;
    private long last;

    /**
     * @param instruction empty if the CPU has no number, after as many tries as its manual wants
     * @param bits how many of a number's nobody can predict
     */
    public InstructionSource(Supplier<OptionalLong> instruction, int bits) {
        this.instruction = instruction;
        this.bits = bits;
    }

    @Override
    public int gather(LongConsumer numbers) {
        OptionalLong number = instruction.get();
        if (number.isEmpty()) {
            return 0;
        }
        long value = number.getAsLong();
        numbers.accept(value);
        boolean broken = value == 0 || value == -1 || value == last;
        last = value;
        return broken ? 0 : bits;
    }
}
