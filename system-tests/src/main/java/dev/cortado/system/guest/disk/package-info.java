/** What a program does with the files of a disk. */
package dev.cortado.system.guest.disk;
