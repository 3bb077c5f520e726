#include "held.h"

#include <cstdlib>
#include <new>

#include "background.h"
#include "mailbox.h"
#include "task.h"

namespace rustdll {
namespace {

void Retain(const Held* held) { HeldValue::Of(held)->Retain(); }

void Release(const Held* held) { HeldValue::Of(held)->Release(); }

uint32_t CallNowOrWait(const Held* held, Invocation* invocation, const Context* context, uint64_t patience) {
  HeldValue* const value = HeldValue::Of(held);
  Mailbox* const mailbox = value->mailbox();
  if (!mailbox->IsOwnThread()) return mailbox->Call(value, invocation, context, patience);
  return mailbox->IsClosed() ? uint32_t{kClosed} : mailbox->background()->CallNow(value, invocation);
}

uint32_t Post(const Held* held, const Invocation* invocation, uint64_t patience) {
  HeldValue* const value = HeldValue::Of(held);
  return value->mailbox()->Post(value, *invocation, patience);
}

uint32_t Ask(const Held* held, Invocation* invocation, void (*done)(Invocation*, uint32_t)) {
  HeldValue* const value = HeldValue::Of(held);
  return value->mailbox()->Ask(value, invocation, done);
}

void Keep(const Held* held, uint32_t on) { HeldValue::Of(held)->mailbox()->Keep(on != 0); }

const Host kHost = {sizeof(Host),
                    0,
                    Task::Report,
                    Retain,
                    Release,
                    CallNowOrWait,
                    Post,
                    Keep,
                    Task::RetainContext,
                    Task::ReleaseContext,
                    Task::WakeContext,
                    Ask};

}  // namespace

const Host* HostFunctions() { return &kHost; }

HeldValue* HeldValue::Make(Mailbox* mailbox, uint32_t number) {
  void* memory = std::malloc(sizeof(HeldValue));
  if (memory == nullptr) return nullptr;
  mailbox->Retain();
  return new (memory) HeldValue(mailbox, number);
}

void HeldValue::Release(size_t owners) {
  Mailbox* const mailbox = mailbox_;
  // Once these owners do not count, another thread may free the value, and with it the mailbox.
  mailbox->Retain();
  const size_t before = owners_.fetch_sub(owners, std::memory_order_acq_rel);
  if (before == owners + 1) mailbox->Unused(this);
  if (before == owners) {
    mailbox->Release();
    this->~HeldValue();
    std::free(this);
  }
  mailbox->Release();
}

}  // namespace rustdll
