package dev.cortado.kernel.substrate;

import com.oracle.svm.core.jdk.PlatformNativeLibrarySupport;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordFactory;

/**
 * The JDK "loads" the libraries that its natives are in; here they are replaced in Java, so that
 * the built-in ones count as loaded and contain nothing. Others do not exist.
 */
final class NoNativeLibraries extends PlatformNativeLibrarySupport {
    @Override
    public boolean initializeBuiltinLibraries() {
        return true;
    }

    @Override
    public NativeLibrary createLibrary(String canonical, boolean builtIn) {
        return new EmptyLibrary(canonical, builtIn);
    }

    @Override
    public PointerBase findBuiltinSymbol(String name) {
        return WordFactory.nullPointer();
    }

    private static final class EmptyLibrary implements NativeLibrary {
        private final String canonical;
        private final boolean builtIn;

        EmptyLibrary(String canonical, boolean builtIn) {
            this.canonical = canonical;
            this.builtIn = builtIn;
        }

        @Override
        public String getCanonicalIdentifier() {
            return canonical;
        }

        @Override
        public boolean isBuiltin() {
            return builtIn;
        }

        @Override
        public boolean load() {
            return builtIn;
        }

        @Override
        public boolean unload() {
            return false;
        }

        @Override
        public boolean isLoaded() {
            return builtIn;
        }

        @Override
        public PointerBase findSymbol(String name) {
            return WordFactory.nullPointer();
        }
    }
}
