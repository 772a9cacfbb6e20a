/** Templates of Oracle VM's and of xVM Server's: a configuration of xm's and a disk. */
package dev.cortado.image.format.oracle;
