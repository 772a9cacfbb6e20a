package dev.cortado.runtime.file;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Files that are read, written and brought to where they last only by who is not interrupted. */
public final class InterruptedFiles {
    private static final Set<String> WAITING = Set.of("read", "write", "append", "sync");

    private InterruptedFiles() {}

    /** What another one contains. */
    public static FileSystem of(FileSystem files) {
        return (FileSystem)
                Proxy.newProxyInstance(
                        FileSystem.class.getClassLoader(),
                        new Class<?>[] {FileSystem.class},
                        (proxy, method, arguments) -> {
                            boolean waits = WAITING.contains(method.getName());
                            if (waits && Thread.currentThread().isInterrupted()) {
                                throw new FileException(Errno.EINTR);
                            }
                            try {
                                return method.invoke(files, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
