package dev.cortado.boot.x86;

/** Control registers (SDM vol. 3A, 2.5). */
public enum ControlRegister {
    CR0(0),
    CR2(2),
    CR3(3),
    CR4(4);

    private final int number;

    ControlRegister(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
