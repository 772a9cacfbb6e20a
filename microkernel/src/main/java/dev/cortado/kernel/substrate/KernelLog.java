package dev.cortado.kernel.substrate;

import com.oracle.svm.core.log.LogHandlerExtension;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.machine.Machine;
import org.graalvm.nativeimage.c.function.CodePointer;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.UnsignedWord;

/** Messages of the Java runtime itself go to the console; its fatal errors are panics. */
final class KernelLog implements LogHandlerExtension {
    @Override
    public void log(CCharPointer bytes, UnsignedWord length) {
        for (long i = 0; i < length.rawValue(); i++) {
            byte value = bytes.read((int) i);
            Console.write(value);
            if (Panic.isExplaining()) {
                Machine.explain(value);
            }
        }
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    /** Reports the error in our own way, and so before the Java runtime would in its own. */
    @Override
    public boolean fatalContext(CodePointer caller, String message, Throwable exception) {
        PanicCause.panic(message == null ? "no details" : message, exception);
        return false;
    }

    @Override
    public void fatalError() {
        PanicCause.panic("no details", null);
    }
}
