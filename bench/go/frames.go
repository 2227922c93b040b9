package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"google.golang.org/protobuf/proto"

	conformancev1 "testingkit.dev/go/conformance/gen/testingkit/conformance/v1"
)

// answerFile answers the requests of a file one after the other, and prints the time it took.
func answerFile(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	requests, err := readAll(bytes.NewReader(data))
	if err != nil {
		return err
	}
	answered := 0
	started := time.Now()
	for _, request := range requests {
		response, err := answer(request)
		if err != nil {
			return err
		}
		answered += len(response)
	}
	fmt.Printf("{\"calls\": %d, \"nanos\": %d, \"answer_bytes\": %d}\n",
		len(requests), time.Since(started).Nanoseconds(), answered)
	return nil
}

// answerPipe answers one call at a time until the input ends. It uses the messages of the runner
// protocol.
func answerPipe(input io.Reader, output io.Writer) error {
	r, w := bufio.NewReader(input), bufio.NewWriter(output)
	for {
		call, err := readFrame(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		observation, err := observe(call)
		if err != nil {
			return err
		}
		if err := writeFrame(w, observation); err != nil {
			return err
		}
	}
}

// observe answers a serialized Call with a serialized Observation.
func observe(data []byte) ([]byte, error) {
	call := &conformancev1.Call{}
	if err := proto.Unmarshal(data, call); err != nil {
		return nil, err
	}
	started := time.Now()
	response, err := answer(call.GetRequest())
	if err != nil {
		return nil, err
	}
	return proto.Marshal(&conformancev1.Observation{
		CallId:       call.GetId(),
		ElapsedNanos: uint64(time.Since(started)),
		Kind:         &conformancev1.Observation_Response{Response: response},
	})
}

// readAll returns the frames up to the end of the input.
func readAll(input io.Reader) ([][]byte, error) {
	var frames [][]byte
	for {
		frame, err := readFrame(input)
		if errors.Is(err, io.EOF) {
			return frames, nil
		}
		if err != nil {
			return nil, err
		}
		frames = append(frames, frame)
	}
}

// readFrame reads a message that has its length, four bytes, in front. It returns io.EOF after the
// last one.
func readFrame(input io.Reader) ([]byte, error) {
	var length [4]byte
	if _, err := io.ReadFull(input, length[:]); err != nil {
		return nil, err
	}
	frame := make([]byte, binary.BigEndian.Uint32(length[:]))
	_, err := io.ReadFull(input, frame)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return frame, err
}

// writeFrame writes a message with its length in front, and flushes the output.
func writeFrame(output *bufio.Writer, frame []byte) error {
	var length [4]byte
	binary.BigEndian.PutUint32(length[:], uint32(len(frame)))
	_, lengthErr := output.Write(length[:])
	_, frameErr := output.Write(frame)
	return errors.Join(lengthErr, frameErr, output.Flush())
}
