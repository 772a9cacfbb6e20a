package dev.cortado.kernel.substrate;

import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.machine.Machine;
import org.graalvm.nativeimage.LogHandler;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** Messages of the Java runtime itself go to the console; its fatal errors stop the machine. */
final class KernelLog implements LogHandler {
    @Override
    public void log(CCharPointer bytes, UnsignedWord length) {
        Console.write((Pointer) bytes, length.rawValue());
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void fatalError() {
        Machine.panic();
    }
}
